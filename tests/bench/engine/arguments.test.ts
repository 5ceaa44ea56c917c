import { describe, expect, it } from 'vitest'
import { assertKnown, engineArguments, isWanted } from '#tests/bench/engine/arguments'

describe('the command line', () => {
  it('without options measures every row three times, at full length', () => {
    expect(engineArguments([])).toEqual({
      rows: [],
      runs: 3,
      records: 400_000,
      profile: undefined,
      isHelp: false,
    })
  })

  it('names rows, runs and records for a quick trial', () => {
    const asked = engineArguments(['--rows', 'stateless,hop', '--runs', '1', '--records', '40000'])
    expect(asked).toMatchObject({ rows: ['stateless', 'hop'], runs: 1, records: 40_000 })
  })

  it.each([
    [['--runs', '0'], '--runs 0: say a whole number of at least 1'],
    [['--records', 'many'], '--records many: say a whole number of at least 10000'],
    [['--frobnicate'], /Unknown option '--frobnicate'/],
  ])('%s is refused with a sentence', (args, sentence) => {
    expect(() => engineArguments(args)).toThrow(sentence)
  })
})

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
