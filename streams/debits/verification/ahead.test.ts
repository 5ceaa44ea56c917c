import { describe, expect, it } from 'vitest'
import { Ahead } from '#streams/debits/verification/ahead'

const of = (...items: string[]) => {
  const ahead = new Ahead<string>((item) => item[0]!)
  ahead.push(items)
  return ahead
}

describe('records that are taken in the order of others', () => {
  it('come one by one, those of one key in their order', () => {
    const ahead = of('a1', 'b1', 'a2')
    expect(ahead.take('a')).toEqual({ found: 'a1', passed: [] })
    expect(ahead.next).toBe('b1')
    expect(ahead.take('b')).toEqual({ found: 'b1', passed: [] })
    expect(ahead.take('a')).toEqual({ found: 'a2', passed: [] })
    expect(ahead.take('a')).toEqual({ found: undefined, passed: [] })
  })

  it('stay where one is missing, and are passed by where one is too many', () => {
    const ahead = of('b1', 'c1', 'c2', 'd1')
    expect(ahead.take('a')).toEqual({ found: undefined, passed: [] })
    expect(ahead.take('d')).toEqual({ found: 'd1', passed: ['b1', 'c1', 'c2'] })
    expect(ahead.take('c')).toEqual({ found: undefined, passed: [] })
  })

  it('ask for more until a thousand wait, or no more come', () => {
    const ahead = of('a1')
    expect(ahead.isShort).toBe(true)
    ahead.push(Array.from({ length: 999 }, (_, n) => `b${n}`))
    expect(ahead.isShort).toBe(false)
    ahead.take('a')
    expect(ahead.isShort).toBe(true)
    ahead.end()
    expect(ahead.isShort).toBe(false)
    expect(ahead.rest()).toHaveLength(999)
    expect(ahead.next).toBeUndefined()
  })
})
