import { describe, expect, it } from 'vitest'
import { mergedRows } from '#core/merged-rows'
import type { StateRows } from '#core/processor'
import { SortedRows } from '#core/sorted-rows'
import type { DebitRow } from '#schemas/generated/types'
import { given } from '#streams/debits/debit-drive'
import { dayMs, debit, nowMs, open } from '#streams/debits/debit-samples'
import { forgottenIds } from '#streams/debits/forgotten-ids'
import { usualSettings } from '#streams/debits/known'

const settings = usualSettings

/** Rows under these keys; what is in them does not matter here. */
function rowsOf(keys: readonly string[]): StateRows<DebitRow> {
  const rows = new SortedRows<DebitRow>()
  for (const key of keys) rows.set(key, { id: key } as DebitRow)
  return { get: (key) => rows.get(key), range: (range) => mergedRows([rows.range(range)], range) }
}

/** The keys removed at each of these offsets. */
const removed = (rows: StateRows<DebitRow>, offsets: readonly number[]) =>
  offsets.map((offset) =>
    forgottenIds(rows, { offset, nowMs, partition: 0, settings }).map(({ key }) => key),
  )
const every = (step: number, first = 0) =>
  Array.from({ length: 10_000 }, (_, n) => first + step * n)

describe('ids that nobody asks for any more', () => {
  const ids = Array.from(
    { length: 2_000 },
    (_, n) => `r/00000007/token-1/${String(n).padStart(4, '0')}`,
  )
  const kept = ['a/token-1', 'h/token-1/h1', 'r/00006806/token-1/d1', 'r/00006807/token-1/d2']

  it('go, the oldest first, some at a time, and nothing else does', () => {
    const turns = removed(rowsOf([...ids, ...kept]), every(1)).filter((keys) => keys.length > 0)
    expect(turns.length).toBeGreaterThan(30)
    for (const keys of turns) expect(keys).toEqual(ids.slice(0, 512))
    expect(removed(rowsOf(kept), every(1)).flat()).toEqual([])
  })

  it('go twice as fast as new ones come, also where only every second offset is a record', () => {
    for (const offsets of [every(1), every(2), every(2, 1), every(16, 3), every(4, 2 ** 40)]) {
      const rate = removed(rowsOf(ids), offsets).flat().length / offsets.length
      expect(rate).toBeGreaterThan(1.5)
      expect(rate).toBeLessThan(2.5)
    }
  })

  it('go while the authoriser works, and it does not miss them', () => {
    const account = given(
      open(1_000_000),
      ...every(1)
        .slice(0, 300)
        .map((n) => debit(`d${n}`, 1)),
    )
    const atMs = nowMs + 30 * dayMs
    for (let n = 0; n < 700; n++) {
      account.when(debit(`e${n}`, 1, {}, { requested_at: atMs }), atMs)
    }
    const keys = [...account.rows.entries()].map(([key]) => key)
    expect(keys.filter((key) => /\/[d]\d+$/.test(key))).toEqual([])
    expect(keys.filter((key) => /\/[e]\d+$/.test(key))).toHaveLength(700)
    expect(keys).toContain('a/token-1')
    account.when(debit('d1', 1), atMs).then('too-old', { posted: 999_000 })
  })
})
