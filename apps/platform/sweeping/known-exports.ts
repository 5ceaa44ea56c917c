import { within } from '#apps/platform/deadline'
import { workerEdge } from '#apps/platform/edges'
import type { LogAccess } from '#apps/platform/inspection/log-access'
import { openTable } from '#core/table'
import type { openTopicReader } from '#core/topic-reader'
import type { ExportCurrent } from '#schemas/generated/types'
import type { KnownExports } from '#streams/exports/sweep-exports'

export interface OpenKnownExports extends KnownExports {
  close(): Promise<void>
}

interface Dependencies extends LogAccess {
  /** The folder for the rows; in memory where absent. */
  readonly directory?: string
  /** So long the log may take to be read each time, milliseconds. */
  readonly timeoutMs: number
  /** How the table is read; a test may read it from elsewhere than Kafka. */
  readonly openReader?: typeof openTopicReader
}

/**
 * Opens the table of exports. Its `refresh` throws where the table is not read whole in time, and where one of its rows
 * cannot be read: that export would be taken for one that nothing is kept of.
 */
export async function openKnownExports({
  timeoutMs,
  ...reading
}: Dependencies): Promise<OpenKnownExports> {
  const topic = workerEdge.lookups.exports
  let unreadable: string | undefined
  let waiting: string | undefined
  const table = await openTable(topic, {
    ...reading,
    onUnreadable: ({ partition, offset }) => void (unreadable ??= `${partition}/${offset}`),
    onWaiting: (reason) => void (waiting = reason),
  })
  const late = () => new Error(`${topic.name} is not read whole: ${waiting ?? 'it takes too long'}`)
  return {
    get: (id) => table.get(id)?.value as ExportCurrent | undefined,
    async refresh() {
      await within(timeoutMs, table.refresh(), late)
      if (unreadable === undefined) return
      throw new Error(`${topic.name} is not read whole: its row at ${unreadable} cannot be read`)
    },
    close: () => table.close(),
  }
}
