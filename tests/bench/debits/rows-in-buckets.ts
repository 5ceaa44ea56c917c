import type { StateRows } from '#core/processor'
import { bucketKey } from '#streams/debits/id-buckets'

const idPrefix = 'r/'
const bucketCharacters = bucketKey(0).length

/**
 * The rows of debits by key, in memory: those of ids by bucket, so that buckets are found that are to go. Costs as little
 * as rows can: what is measured is who decides by them.
 */
export class RowsInBuckets<Row> implements StateRows<Row> {
  readonly #rows = new Map<string, Row>()
  readonly #buckets = new Map<string, Map<string, Row>>()

  get size(): number {
    let size = this.#rows.size
    for (const bucket of this.#buckets.values()) size += bucket.size
    return size
  }

  get(key: string): Row | undefined {
    return this.#of(key)?.get(key)
  }

  set(key: string, row: Row): void {
    const rows = this.#of(key)
    if (rows) rows.set(key, row)
    else this.#buckets.set(bucketOf(key), new Map([[key, row]]))
  }

  delete(key: string): void {
    const rows = this.#of(key)
    if (!rows?.delete(key) || rows === this.#rows || rows.size > 0) return
    this.#buckets.delete(bucketOf(key))
  }

  /** Of ids alone, bucket by bucket: within one in no order. */
  *range({ gte = '', lt = '', limit = Infinity }: Parameters<StateRows<Row>['range']>[0]) {
    let left = limit
    for (const [bucket, rows] of this.#buckets) {
      if (bucket < gte || bucket >= lt) continue
      for (const entry of rows) {
        if (left-- <= 0) return
        yield entry
      }
    }
  }

  #of(key: string): Map<string, Row> | undefined {
    return key.startsWith(idPrefix) ? this.#buckets.get(bucketOf(key)) : this.#rows
  }
}

const bucketOf = (key: string): string => key.slice(0, bucketCharacters)
