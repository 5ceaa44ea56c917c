import { setTimeout as sleep } from 'node:timers/promises'
import { type Asked, Asking, type KsqlTableOptions } from '#connectors/ksqldb/asking'
import { KsqlUnavailable } from '#connectors/ksqldb/errors'
import type { KsqlOptions, KsqlRow, KsqlTable } from '#ports/ksqldb'
import { identifier, ksql } from '#ports/ksql-text'

const pollMs = 250
const scanned = { 'ksql.query.pull.table.scan.enabled': true }

/**
 * A table of which an absence can be told from ignorance, though the server answers 200 without rows while it loads.
 *
 * A server takes a partition in from its beginning to its end, in order. So an answer that shows the last row of the
 * partition, the witness, comes from a store that holds all before it. Witnesses are asked along with every question,
 * and nothing is called complete unless they were shown by an answer before it and by itself: within one answer the
 * server may have looked for the row a moment before it looked for the witness.
 *
 * What this cannot see: a record that the server could not decode (it skips it for good), and, with Avro, rows whose
 * schema it cannot fetch any more; so where the registry is away `witnesses` is to throw.
 */
export function ksqlTable(given: KsqlTableOptions): KsqlTable {
  const asking = new Asking(given)
  const key = given.key.toUpperCase()
  return {
    isReady: (options) => asking.shown(options),
    awaitReady: (withinMs, options) => awaited(asking, withinMs, options),
    async find(wanted, options) {
      const where = ksql`${identifier(key)} = ${wanted}`
      const asked: Asked = { where, isWanted: (row) => row[key] === wanted }
      const before = await whole(asking, asked, options)
      if (before.row) return { state: 'found', row: before.row }
      if (before.answer.state === 'unknown') return before.answer
      const { row, answer } = await whole(asking, asked, options)
      if (row) return { state: 'found', row }
      if (answer.state === 'unknown') return answer
      return { state: 'absent', asOfMs: before.answer.asOfMs }
    },
    async *scan(asked, options) {
      const before = await asking.shown(options)
      const properties = { ...scanned, ...options?.properties }
      const within = yield* asking.rows(asked, { ...options, properties })
      return within.state === 'unknown' ? within : before
    },
  }
}

/** The first row and what is said at the end; read to the end, so that the connection can be used again. */
async function whole(asking: Asking, asked: Asked, options: KsqlOptions | undefined) {
  const rows = asking.rows(asked, options)
  let row: KsqlRow | undefined
  for (;;) {
    const { value, done } = await rows.next()
    if (done) return { row, answer: value }
    row ??= value
  }
}

async function awaited(
  asking: Asking,
  withinMs: number,
  options: KsqlOptions | undefined,
): Promise<number> {
  const until = performance.now() + withinMs
  for (;;) {
    const answer = await asking.shown(options)
    if (answer.state === 'complete') return answer.asOfMs
    if (performance.now() > until) {
      throw new KsqlUnavailable(
        `ksqlDB has no ready table within ${withinMs / 1_000} s: ${answer.reason}`,
      )
    }
    await sleep(pollMs, undefined, { signal: options?.signal })
  }
}
