import { setTimeout as sleep } from 'node:timers/promises'
import { existingPartitionsIn, type LogAccess } from '#apps/platform/inspection/log-access'
import { type ParkedKey, readParked } from '#apps/platform/inspection/parked'
import { begunOperation, prepareOperation } from '#apps/platform/operating/operation'
import type { Operator } from '#apps/platform/operating/operator'
import { type AtomicWriter, openAtomicWriter } from '#core/atomic-writer'
import { release } from '#core/release'
import type { Wire } from '#core/wire'
import { redriveTopic } from '#schemas/engine/unit-topics'

/** Which order keys of a unit are meant; what is undefined does not narrow. */
export interface ParkedSelection {
  readonly unit: string
  readonly orderKey?: string | undefined
  readonly party?: string | undefined
  /** Part of what the last try met, as it is listed. */
  readonly error?: string | undefined
  /** At most so many keys. */
  readonly limit?: number | undefined
}

/** A release of parked records. */
export interface Releasing {
  readonly selection: ParkedSelection
  readonly operator: Operator
  readonly reason: string | null
  /** Order keys a second. */
  readonly rate: number
  readonly isDryRun: boolean
}

/** Order keys of one transaction, at most, and transactions a second. */
const keysMax = 100
const transactionsPerSecond = 10

/** Whether the records of an order key are meant, but for the limit. */
export const isParkedSelected = (
  { orderKey, party, error }: ParkedSelection,
  key: ParkedKey,
): boolean =>
  (orderKey === undefined || orderKey === key.orderKey) &&
  (party === undefined || party === key.party) &&
  (error === undefined || (key.error?.includes(error) ?? false))

/** The selection in words, for the record. */
export function parkedSelectionText({ orderKey, party, error, limit }: ParkedSelection): string {
  const told = [
    orderKey !== undefined && `key ${orderKey}`,
    party !== undefined && `party ${party}`,
    error !== undefined && `error ${error}`,
    limit !== undefined && `at most ${limit}`,
  ].filter((part) => part !== false)
  return told.length > 0 ? told.join(', ') : 'all'
}

/**
 * Asks the unit that the first record of each selected order key is tried now; answers the keys that it asked for. Each
 * transaction holds the words to the unit and what is kept of the operation. Of two who release records of one unit at
 * the same time the first is fenced. Throws where the topics are missing or Kafka is away; what was asked stands.
 */
export async function releaseParked(
  log: LogAccess,
  releasing: Releasing,
): Promise<readonly ParkedKey[]> {
  const { selection, isDryRun } = releasing
  const { unit, limit } = selection
  await existingPartitionsIn(log, redriveTopic(unit))
  await prepareOperation(log, [])
  const keys = (await readParked(log, unit))
    .filter((key) => isParkedSelected(selection, key))
    .slice(0, limit)
  if (isDryRun || keys.length === 0) return keys
  const writer = await openAtomicWriter(log.kafka, `corrente-release-${unit}`)
  try {
    await releaseKeys({ wire: log.wire, writer }, keys, releasing)
  } finally {
    await writer.close()
  }
  return keys
}

interface Writing {
  readonly wire: Wire
  readonly writer: Pick<AtomicWriter, 'write'>
}

/** Writes the words for these keys, no faster than told. */
export async function releaseKeys(
  { wire, writer }: Writing,
  keys: readonly ParkedKey[],
  { selection, operator, reason, rate }: Releasing,
): Promise<void> {
  const told = { operator, reason, unit: selection.unit, selection: parkedSelectionText(selection) }
  const note = begunOperation(wire, { action: 'release', ...told })
  const chunkMax = Math.min(keysMax, Math.max(1, Math.floor(rate / transactionsPerSecond)))
  const beganMs = performance.now()
  for (let at = 0; at < keys.length; at += chunkMax) {
    const chunk = keys.slice(at, at + chunkMax)
    await sleep(Math.max(0, beganMs + (at / rate) * 1_000 - performance.now()))
    await writer.write([...chunk.map(release), note(chunk.map(({ orderKey }) => orderKey))])
  }
}
