import { describe, expect, it } from 'vitest'
import { keyOf, rowText } from '#tests/bench/engine/bench-events'
import { assertRows, expectedRows, Tally } from '#tests/bench/engine/tally'

const output = (transaction_id: string, connector: string | null = null, key = 1) => ({
  payment_id: keyOf(key),
  connector,
  transaction_id,
})

describe('a tally of outputs', () => {
  it('counts each input once', () => {
    const tally = new Tally()
    for (const place of ['0/0', '1/0', '0/1']) tally.add(output(place))
    expect(tally.outputs).toBe(3)
  })

  it('finds the second output of an input', () => {
    const tally = new Tally()
    tally.add(output('2/7'))
    expect(() => tally.add(output('2/7'))).toThrow('the input 2/7 has two outputs')
  })

  it('finds a count that was left out or came twice', () => {
    const tally = new Tally()
    tally.add(output('0/0', '1'))
    tally.add(output('0/1', '1', 2))
    tally.add(output('0/2', '2'))
    expect(() => tally.add(output('0/3', '4'))).toThrow(/output 3 of .* says it is number 4/)
  })
})

describe('the rows of a load', () => {
  const load = { topic: 'x', records: 20, keys: 10 }
  const rightRows = () =>
    new Map(
      [...expectedRows(load)].map(([key, { count, cents }]) => [key, rowText(count, cents, 'x')]),
    )

  it('are as many as its keys, two events each, all cents together', () => {
    const rows = [...expectedRows(load).values()]
    expect(rows).toHaveLength(10)
    expect(rows.every(({ count }) => count === 2)).toBe(true)
    expect(rows.reduce((sum, { cents }) => sum + cents, 0)).toBe(20 * 100 + (19 * 20) / 2)
    expect(() => assertRows(load, rightRows())).not.toThrow()
  })

  it('are wrong where a key is missing, or a sum is', () => {
    const fewer = rightRows()
    fewer.delete(keyOf(3))
    expect(() => assertRows(load, fewer)).toThrow('has 9 keys, and the load 10')
    const wrong = rightRows().set(keyOf(3), rowText(2, 1, 'x'))
    expect(() => assertRows(load, wrong)).toThrow(/counted 2 times with 1 cents; 2 and \d+ are/)
  })
})
