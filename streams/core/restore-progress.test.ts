import { describe, expect, it } from 'vitest'
import { silentLog } from '#core/log'
import { newMetrics } from '#core/metrics'
import { RestoreProgress } from '#core/restore-progress'

const at = (partition: number, offset: number) => ({ topic: 'counts', partition, offset })
const numberOf = async (
  name: 'restoreRecords' | 'restoreRemaining',
  metrics: ReturnType<typeof newMetrics>,
) => (await metrics[name].get()).values[0]?.value

describe('the progress of a restore', () => {
  it('counts what was read and what is left, over all partitions', async () => {
    const metrics = newMetrics()
    const notes: (string | undefined)[] = []
    const events: string[] = []
    const log = { ...silentLog, info: (_: object, event: string) => void events.push(event) }
    const telling = { unit: 'echo', log, metrics, onRestoring: (note?: string) => notes.push(note) }
    const stretches = [
      { from: at(0, 1_000), to: 2_000 },
      { from: at(1, 0), to: 500 },
    ]

    const progress = new RestoreProgress(telling, stretches)
    expect(await numberOf('restoreRemaining', metrics)).toBe(1_500)
    // Compaction leaves gaps: 40 records may be 800 offsets.
    progress.passed(40, [at(0, 1_800)])
    expect(await numberOf('restoreRemaining', metrics)).toBe(700)
    progress.passed(500, [at(1, 500)])
    progress.done()

    expect(await numberOf('restoreRecords', metrics)).toBe(540)
    expect(await numberOf('restoreRemaining', metrics)).toBe(0)
    expect(notes).toEqual([
      'restores its state: 0 of about 1,500 records',
      'restores its state: 40 of about 1,500 records',
      'restores its state: 540 of about 1,500 records',
      undefined,
    ])
    expect(events).toEqual(['state restore begins', 'state restored'])
  })
})
