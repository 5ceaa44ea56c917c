import { describe, expect, it } from 'vitest'
import { openKnownExports } from '#apps/platform/sweeping/known-exports'
import type { InputRecord } from '#core/records'
import type { OffsetSource } from '#core/offset-source'
import { newWire } from '#core/wire'
import { exportsCurrent } from '#schemas/topics'
import { extracted, requestedBy, requestIds, Story } from '#streams/exports/export-samples'

const story = new Story()
story.told(requestedBy(0), extracted)
const wire = newWire({ format: 'json' })
const [exportId] = requestIds

const recordOf = (key: string, value: Buffer | null): InputRecord => ({
  ...{ topic: exportsCurrent.name, partition: 0, offset: 7, timestamp: 0, headers: {} },
  ...{ key, value },
})
const row = () => recordOf(exportId, wire.encode(exportsCurrent, story.only))

/** The table on a log of these records, which is read no sooner than `read` says. */
const opened = (records: readonly InputRecord[], read: Promise<void> = Promise.resolve()) =>
  openKnownExports({
    kafka: { brokers: '' },
    offsets: {
      partitionsOf: async () => [0],
      beginnings: async () => [],
      ends: async () => [],
    } as unknown as OffsetSource,
    wire,
    timeoutMs: 20,
    openReader: async (_, { onRecords }) => ({
      async reached() {
        await read
        await onRecords(records)
      },
      close: async () => undefined,
    }),
  })

describe('the exports a sweep knows', () => {
  it('are those of the table, once it is read', async () => {
    const exports = await opened([row()])
    await exports.refresh()
    expect(exports.get(exportId)).toMatchObject({ state: 'SPLITTING' })
    expect(exports.get('another')).toBeUndefined()
    await exports.close()
  })

  it('are none while the table is not read whole', async () => {
    const exports = await opened([row()], new Promise(() => undefined))
    await expect(exports.refresh()).rejects.toThrow('exports.current is not read whole')
  })

  it('are none where a row cannot be read, for its export would seem to be gone', async () => {
    const exports = await opened([row(), recordOf('another', Buffer.from('{"state":"MADE"}'))])
    await expect(exports.refresh()).rejects.toThrow('its row at 0/7 cannot be read')
    await expect(exports.refresh()).rejects.toThrow('cannot be read')
  })
})
