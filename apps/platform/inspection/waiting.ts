import type { LogAccess } from '#apps/platform/inspection/log-access'
import { type ParkedKey, parkingUnits, readParked } from '#apps/platform/inspection/parked'
import type { StoryEvent } from '#apps/platform/inspection/story'
import type { Unit } from '#core/processor'

/** The order keys among these ids whose records wait, the one that is due first before the others. */
export async function readWaitingKeys(
  log: LogAccess,
  units: readonly Unit[],
  ids: ReadonlySet<string>,
): Promise<readonly ParkedKey[]> {
  const found = await Promise.all(parkingUnits(units).map(({ name }) => readParked(log, name)))
  return found
    .flat()
    .filter(({ orderKey }) => ids.has(orderKey))
    .toSorted((one, other) => one.dueAtMs - other.dueAtMs)
}

/** What waits to be tried again, told as an event at the end of its story. */
export const waitingEvent = ({
  unit,
  attempts,
  error,
  parkedAtMs,
  dueAtMs,
}: ParkedKey): StoryEvent => ({
  at: `${unit}.parked`,
  timestamp: parkedAtMs,
  what:
    `to be tried again at ${new Date(dueAtMs).toISOString()}, ` +
    `tried ${attempts} times: ${error ?? 'its party is away'}`,
  by: unit,
  payment: undefined,
})
