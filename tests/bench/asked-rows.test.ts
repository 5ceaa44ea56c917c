import { describe, expect, it } from 'vitest'
import { assertKnown, isWanted } from '#tests/bench/asked-rows'

describe('a row', () => {
  it('is wanted when nothing is asked for, or its id, or a part before one of its dots', () => {
    expect(isWanted([])('hop.p50')).toBe(true)
    expect(isWanted(['hop'])('hop.p50')).toBe(true)
    expect(isWanted(['hop.p50'])('hop.p50')).toBe(true)
    expect(isWanted(['hop.p99'])('hop.p50')).toBe(false)
    expect(isWanted(['stateful'])('stateless.whole')).toBe(false)
    expect(isWanted(['state'])('stateless.whole')).toBe(false)
  })

  it('that does not exist is named, with those that do', () => {
    expect(() => assertKnown(['hop', 'hup'], ['hop.p50', 'idle20'])).toThrow(
      'hup is no row; the rows are hop.p50, idle20',
    )
    expect(() => assertKnown(['hop', 'idle20'], ['hop.p50', 'idle20'])).not.toThrow()
  })
})
