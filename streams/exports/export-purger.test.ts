import { describe, expect, it } from 'vitest'
import { driveTask } from '#core/drive'
import { TransientError } from '#core/errors'
import { exampleObjects } from '#streams/exports/example-objects'
import { exportPurger } from '#streams/exports/export-purger'
import { report, stamped, step } from '#streams/exports/step-samples'

describe('export-purger', () => {
  it('deletes all of the export, and nothing of another one', async () => {
    const { objects, store } = exampleObjects()
    const of = `exports/${step.export_id}`
    const other = 'exports/22222222-2222-4222-8222-222222222222/archive.zip'
    for (const key of [`${of}/movements.csv`, `${of}/segments/0000000`, other]) {
      objects.set(key, Buffer.from('x'))
    }
    const purger = driveTask(exportPurger({ objects: store }))
    await purger.when(stamped(step)).emits(report({ type: 'Purged', purged: { objects: 2 } }))
    expect([...objects.keys()]).toEqual([other])
    await purger.when(stamped(step)).emits(report({ type: 'Purged', purged: { objects: 0 } }))
  })

  it('is tried until it is done', async () => {
    const { store } = exampleObjects()
    const away = { ...store, deletePrefix: () => Promise.reject(new TransientError('away')) }
    const purger = exportPurger({ objects: away })
    await driveTask(purger).when(stamped(step)).waits()
    expect(purger.retry).not.toHaveProperty('ageMsMax')
    expect(purger.retry).not.toHaveProperty('attemptsMax')
  })
})
