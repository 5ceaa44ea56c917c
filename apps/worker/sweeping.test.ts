import { describe, expect, it } from 'vitest'
import { startSweeping } from '#apps/worker/sweeping'
import { newMetrics } from '#core/metrics'
import type { Swept } from '#streams/exports/sweep-tally'

const nothing: Swept = {
  unknown: { objects: 0, bytes: 0 },
  ended: { objects: 0, bytes: 0 },
  ...{ uploads: 0, foreign: 0, export_ids: [], stopped_by: null },
}
const orphans: Swept = {
  ...nothing,
  unknown: { objects: 2, bytes: 700 },
  ended: { objects: 1, bytes: 5 },
  ...{ uploads: 3, export_ids: ['1'] },
}

/** Sweeps with these outcomes, one after the other, and then stops. */
async function swept(outcomes: readonly (Swept | Error)[], isOurs = () => true, random = 0.5) {
  const metrics = newMetrics()
  const logged: unknown[] = []
  const pauses: number[] = []
  const waiting = [...outcomes]
  let over = () => {}
  const isOver = new Promise<void>((resolve) => (over = resolve))
  const sweeping = startSweeping({
    everyMs: 3_600_000,
    isOurs,
    random: () => random,
    metrics,
    log: { warn: (fields, event) => void logged.push({ event, ...fields }) },
    async pause(ms, signal) {
      pauses.push(ms)
      if (pauses.length <= outcomes.length) return
      over()
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
    },
    async sweep() {
      const outcome = waiting.shift()!
      if (outcome instanceof Error) throw outcome
      return outcome
    },
  })
  await isOver
  await sweeping.close()
  const valuesOf = async (name: string) => {
    const { values } = await metrics.registry.getSingleMetric(name)!.get()
    return values.map(({ labels, value }) => [...Object.values(labels), value])
  }
  return { logged, pauses, waiting, valuesOf }
}

describe('a worker', () => {
  it('sweeps after a tenth of the hour, and then each hour, give or take a quarter', async () => {
    expect((await swept([nothing, nothing])).pauses).toEqual([360_000, 3_600_000, 3_600_000])
    expect((await swept([nothing], undefined, 0)).pauses).toEqual([270_000, 2_700_000])
    expect((await swept([nothing], undefined, 1)).pauses).toEqual([450_000, 4_500_000])
  })

  it('sweeps only while it is the one that does', async () => {
    const turns = [false, true, false]
    const { waiting } = await swept([nothing, nothing, nothing], () => turns.shift()!)
    expect(waiting).toHaveLength(2)
  })

  it('says nothing where it finds nothing', async () => {
    const { logged, valuesOf } = await swept([nothing])
    expect(logged).toEqual([])
    expect(await valuesOf('corrente_export_sweeps_total')).toEqual([['whole', 1]])
  })

  it('counts and tells what it finds', async () => {
    const { logged, valuesOf } = await swept([orphans, nothing])
    expect(logged).toEqual([{ event: 'orphans of exports swept', ...orphans }])
    expect(await valuesOf('corrente_export_orphans_total')).toEqual([
      ['unknown', 2],
      ['ended', 1],
      ['upload', 3],
    ])
    expect(await valuesOf('corrente_export_orphan_bytes_total')).toEqual([[705]])
  })

  it('goes on after a sweep that stopped, and after one that could not begin', async () => {
    const stopped = { ...nothing, stopped_by: 'the store answered 503' }
    const { logged, waiting, valuesOf } = await swept([stopped, new Error('no table'), nothing])
    expect(waiting).toEqual([])
    expect(logged).toEqual([
      { event: 'orphans of exports swept', ...stopped },
      { event: 'orphans of exports not swept', reason: 'no table' },
    ])
    expect(await valuesOf('corrente_export_sweeps_total')).toEqual([
      ['stopped', 1],
      ['refused', 1],
      ['whole', 1],
    ])
  })

  it('that stops gives up the sweep it is at', async () => {
    let given: AbortSignal | undefined
    const begun = new Promise<void>((resolve) => {
      const sweeping = startSweeping({
        everyMs: 1,
        isOurs: () => true,
        metrics: newMetrics(),
        log: { warn: () => undefined },
        pause: async () => undefined,
        sweep: (signal) =>
          new Promise((end) => {
            given = signal
            signal.addEventListener('abort', () => end(nothing))
            resolve(sweeping.close())
          }),
      })
    })
    await begun
    expect(given!.reason).toMatchObject({ message: 'the worker stops' })
  })
})
