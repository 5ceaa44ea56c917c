import { expect, it } from 'vitest'
import { move, recordsFrom } from '#tests/contract/projection/example-tables'
import { type StoreDriver, storesOf } from '#tests/contract/projection/store-driver'

/** What the contract says of the cells of rows. */
export function keepsCells(driver: StoreDriver): void {
  const { begun } = storesOf(driver)

  it('keeps the latest of each thing, in a batch and over batches', async () => {
    const store = await begun()
    const told = (payment_id: string, amount: number) => ({ payment_id, amount })
    const first = recordsFrom(0, told('a', 1), told('b', 2), told('a', 3))
    await store.apply({ records: first, moves: [move(0, 3)] })
    await store.apply({ records: recordsFrom(3, told('b', 1)), moves: [move(3, 4)] })
    expect(await driver.latest()).toEqual([
      { payment_id: 'a', amount: '3' },
      { payment_id: 'b', amount: '1' },
    ])
  })

  it.each([
    ['', 'a text'],
    ['NULL', 'null'],
    ['{"a","b"}', 'quotes and braces'],
    ["back\\slash, 'quote', new\nline\ttab", 'signs'],
    ['naïve 😀 日本', 'any language'],
  ])('keeps %j as it is', async (message) => {
    const store = await begun()
    await store.apply({ records: recordsFrom(0, { message, status: null }), moves: [move(0, 1)] })
    expect(await driver.told()).toMatchObject([{ message, status: null }])
  })

  it('shows a mark in the place of the one character that it cannot keep', async () => {
    const store = await begun()
    await store.apply({ records: recordsFrom(0, { message: 'a\0"b' }), moves: [move(0, 1)] })
    expect(await driver.told()).toMatchObject([{ message: 'a\ufffd"b' }])
  })

  it.each([0, -1, 1_764_453_600_123, Number.MAX_SAFE_INTEGER])(
    'keeps %d to the last digit, and as an instant to the millisecond',
    async (amount) => {
      const store = await begun()
      const at = Math.min(amount, 8_640_000_000_000_000 / 100)
      await store.apply({
        records: recordsFrom(0, { amount }, { amount: at }),
        moves: [move(0, 2)],
      })
      const rows = await driver.told()
      expect(rows.map((row) => row['amount'])).toContain(String(amount))
      const found = rows.find((row) => row['amount'] === String(at))
      expect((found?.['at'] as Date).getTime()).toBe(at)
    },
  )
}
