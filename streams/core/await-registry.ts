import { setTimeout as sleep } from 'node:timers/promises'
import type { InputRecord } from '#core/records'
import { RegistryUnreachableError } from '#core/registry'
import type { Wire } from '#core/wire'

interface Waiting {
  /** Ends the wait: the unit is being drained or its partitions are gone. */
  readonly signal: AbortSignal
  /** Told why it waits, and `undefined` once it goes on. */
  readonly onWaiting: (reason: string | undefined) => void
}

/** Waits as long as it takes while the registry is away: without its word no record is poison. */
async function patiently(attempt: () => Promise<void>, { signal, onWaiting }: Waiting) {
  for (let waitMs = 250; ; waitMs = Math.min(2_000, waitMs * 2)) {
    try {
      await attempt()
      return onWaiting(undefined)
    } catch (error) {
      if (!(error instanceof RegistryUnreachableError)) throw error
      onWaiting(error.message)
      await sleep(waitMs, undefined, { signal })
    }
  }
}

/** Learns the writers' schemas of the records. */
export const readable = (
  wire: Pick<Wire, 'prepareRead'>,
  records: readonly Pick<InputRecord, 'value'>[],
  waiting: Waiting,
) => patiently(() => wire.prepareRead(records.map(({ value }) => value)), waiting)

/** Finds the ids of the schemas a unit writes. */
export const writable = (
  wire: Wire,
  topics: Parameters<Wire['prepareWrite']>[0],
  waiting: Waiting,
) => patiently(() => wire.prepareWrite(topics), waiting)
