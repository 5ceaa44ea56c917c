import { readable } from '#core/await-registry'
import { UnitStoppedError } from '#core/first-start'
import type { KafkaSettings } from '#core/kafka'
import type { Log } from '#core/log'
import type { Metrics } from '#core/metrics'
import { behind, type InputRecord, type Position, runsOf, type TopicPartition } from '#core/records'
import { RestoreProgress, type Stretch } from '#core/restore-progress'
import { copiesUpTo, type PlacedCopy, type UnitStore } from '#core/state-store'
import type { OffsetSource } from '#core/offset-source'
import { openTopicReader } from '#core/topic-reader'
import { unlessAborted } from '#core/unless-aborted'
import { type ChangelogNow, clockSkewMs, copyVerdict } from '#core/verdict'
import type { Wire } from '#core/wire'

export interface Restoring {
  readonly unit: string
  readonly store: UnitStore
  /** The partitions of the unit's changelogs. */
  readonly places: readonly TopicPartition[]
  /** How many partitions the unit's input has. */
  readonly partitions: number
  readonly kafka: KafkaSettings
  readonly offsets: OffsetSource
  readonly wire: Wire
  readonly log: Log
  readonly metrics: Metrics
  readonly signal: AbortSignal
  readonly onWaiting: (reason: string | undefined) => void
  readonly onRestoring: (note: string | undefined) => void
}

/** What waits in memory to be written while records are read on, bytes: of all restores of the process together. */
const restoredBytesMax = 96_000_000
let restoring = 0

/**
 * Brings the rows of the partitions up to the last record written to their changelogs, reading only what the store
 * does not have, and says how far they go then. Throws UnitStoppedError where they belong to other partitions.
 */
export async function restore(given: Restoring): Promise<PlacedCopy[]> {
  const { store, places, partitions, offsets, wire, signal, onWaiting } = given
  const at = Date.now()
  // The uncommitted end: a transaction whose marker is still being written is waited for.
  const ends = await offsets.ends(places)
  const stretches = await toRead(given, ends, at)
  restoring++
  try {
    await read(given, stretches)
  } finally {
    restoring--
  }
  const headers = store.schemas.headers().map((value) => ({ value }))
  await readable(wire, headers, { signal, onWaiting })
  return copiesUpTo(ends, { at, partitions })
}

/** Judges each copy; forgets those that are to be built anew. */
async function toRead(
  given: Restoring,
  ends: readonly Position[],
  nowMs: number,
): Promise<Stretch[]> {
  const { unit, store, places, partitions, offsets, log } = given
  const beginnings = await offsets.beginnings(places)
  const later = await laterOffsets(given, nowMs)
  const anew: TopicPartition[] = []
  const stretches = places.map((place, index): Stretch => {
    const [beginning, end] = [beginnings[index]?.offset ?? 0, ends[index]?.offset ?? 0]
    const laterFrom = later[index] ?? end
    const now: ChangelogNow = { beginning, end, laterFrom, partitions, nowMs }
    const copy = store.copyOf(place)
    const verdict = copyVerdict(copy, now)
    if (verdict.kind === 'follow') return { from: { ...place, offset: verdict.from }, to: end }
    const { reason } = verdict
    if (verdict.kind === 'refuse') {
      throw new UnitStoppedError(
        `the rows of ${unit} are those of other partitions: ${reason}; their order of partitions would not hold`,
      )
    }
    if (copy) log.warn({ unit, ...place, reason, ...copy, beginning, end }, 'state is built anew')
    anew.push(place)
    return { from: { ...place, offset: beginning }, to: end }
  })
  await store.forget(anew)
  return stretches.filter(({ from, to }) => from.offset < to)
}

/** For each place the first offset written clearly after its copy; undefined where nothing can be. */
async function laterOffsets(
  { store, places, offsets }: Restoring,
  nowMs: number,
): Promise<(number | undefined)[]> {
  const found = new Map<number, Promise<Position[]>>()
  return Promise.all(
    places.map(async (place, index) => {
      const copy = store.copyOf(place)
      if (!copy || copy.at + clockSkewMs >= nowMs) return undefined
      const asked = found.get(copy.at) ?? offsets.since(places, copy.at + clockSkewMs)
      found.set(copy.at, asked)
      return (await asked)[index]?.offset
    }),
  )
}

async function read(given: Restoring, stretches: readonly Stretch[]): Promise<void> {
  const { store, kafka, signal } = given
  if (stretches.length === 0) return
  const progress = new RestoreProgress(given, stretches)
  let spilling: Promise<void> | undefined
  const reader = await openTopicReader(kafka, {
    beginnings: stretches.map(({ from }) => from),
    isBulk: true,
    async onRecords(records) {
      progress.passed(records.length, applied(store, records))
      if (store.changedBytes <= restoredBytesMax / restoring) return
      // Records are read on while rows are written, and wait for no more than the write before.
      await spilling
      spilling = store.spill()
    },
  })
  try {
    const ends = stretches.map(({ from, to }) => ({ ...from, offset: to }))
    await unlessAborted(signal, reader.reached(ends))
    progress.done()
  } finally {
    progress.end()
    await reader.close()
  }
  await spilling
}

/** Applies the records; returns the positions behind them. */
function applied(store: UnitStore, records: readonly InputRecord[]): Position[] {
  return runsOf(records).map((run) => {
    const changes: [string, Buffer | null][] = []
    for (const { key, value } of run) if (key !== null) changes.push([key, value])
    store.partition(run[0].partition).apply(run[0].topic, changes)
    return behind(run)
  })
}
