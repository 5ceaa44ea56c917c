import { compareKeys, type KeyRange } from '#core/key-range'

/** A row and its key; null hides the row of a layer below. */
export type LayerRow<Row> = readonly [key: string, row: Row | null]

/**
 * One order from several, each of them in key order: of a key that is in more than one layer the first layer's row
 * counts. Rows that are null there are left out; `limit` counts what is left.
 */
export function* mergedRows<Row>(
  layers: readonly Iterable<LayerRow<Row>>[],
  { reverse = false, limit = Infinity }: KeyRange,
): Generator<readonly [string, Row]> {
  const sign = reverse ? -1 : 1
  const heads = layers.map((layer) => {
    const rows = layer[Symbol.iterator]()
    return { rows, next: rows.next() }
  })
  for (let given = 0; given < limit;) {
    let first: LayerRow<Row> | undefined
    for (const { next } of heads) {
      if (next.done) continue
      if (!first || sign * compareKeys(next.value[0], first[0]) < 0) first = next.value
    }
    if (!first) return
    const [key, row] = first
    for (const head of heads) {
      if (!head.next.done && head.next.value[0] === key) head.next = head.rows.next()
    }
    if (row === null) continue
    given++
    yield [key, row]
  }
}
