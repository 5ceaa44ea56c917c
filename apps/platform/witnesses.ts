import { type LogAccess, partitionsIn } from '#apps/platform/inspection/log-access'
import type { InputRecord, Position } from '#core/records'
import { recordsBetween } from '#core/records-between'
import type { Witness, Witnesses } from '#ports/ksqldb'

/** How far back from the end a partition's last row is looked for, each time further; then from the beginning. */
const offsetsBack = [200, 20_000] as const

/**
 * Reads from the log which rows a table over the topic must show: for each partition the last row that is written and
 * not deleted. Throws where the topic does not exist or Kafka does not answer, and what `registry` throws: it is asked
 * before, where the values are Avro, because ksqlDB leaves out rows whose schema it cannot fetch.
 */
export async function readWitnesses(
  log: Pick<LogAccess, 'kafka' | 'offsets'>,
  topic: string,
  registry: () => Promise<unknown> = async () => undefined,
): Promise<Witnesses> {
  await registry()
  const takenAtMs = Date.now()
  const partitions = await partitionsIn(log, topic)
  if (partitions.length === 0) throw new Error(`topic ${topic} does not exist`)
  const ends = await log.offsets.ends(partitions)
  const beginnings = await log.offsets.beginnings(partitions)
  const rows: Witness[] = []
  let left = ends
  for (const back of [...offsetsBack, Infinity]) {
    const from = left.map((end) => startOf(end, beginnings, back))
    const found = await lastRows(log, from, left)
    rows.push(...found.values())
    // A partition that was read from its beginning has no row at all.
    left = left.filter(
      (end, at) => !found.has(end.partition) && !isBeginning(from[at]!, beginnings),
    )
    if (left.length === 0) break
  }
  return { takenAtMs, rows }
}

const offsetOf = (positions: readonly Position[], partition: number): number =>
  positions.find((one) => one.partition === partition)?.offset ?? 0

function startOf(end: Position, beginnings: readonly Position[], back: number): Position {
  const beginning = offsetOf(beginnings, end.partition)
  return { ...end, offset: Math.max(beginning, end.offset - back) }
}

const isBeginning = ({ partition, offset }: Position, beginnings: readonly Position[]) =>
  offset <= offsetOf(beginnings, partition)

/** The last row of each partition between two places; none where nothing between them still stands. */
async function lastRows(
  { kafka }: Pick<LogAccess, 'kafka'>,
  from: readonly Position[],
  ends: readonly Position[],
): Promise<ReadonlyMap<number, Witness>> {
  const standing = new Map<number, Map<string, Witness>>()
  for await (const records of recordsBetween(kafka, { from, ends })) {
    for (const record of records) note(standing, record)
  }
  const last = [...standing].map(
    ([partition, rows]) => [partition, [...rows.values()].at(-1)] as const,
  )
  return new Map(last.filter((one): one is [number, Witness] => one[1] !== undefined))
}

/** Rows in the order in which they were last written. A record without a key is in no table. */
function note(standing: Map<number, Map<string, Witness>>, record: InputRecord): void {
  const { partition, key, value, timestamp } = record
  if (key === null) return
  const rows = standing.get(partition) ?? new Map<string, Witness>()
  standing.set(partition, rows)
  rows.delete(key)
  if (value !== null) rows.set(key, { key, rowtimeMs: timestamp })
}
