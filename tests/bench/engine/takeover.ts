import { setTimeout as sleep } from 'node:timers/promises'
import { Arrivals } from '#tests/bench/engine/arrivals'
import type { UnitNames } from '#tests/bench/engine/bench-units'
import { applyUnit } from '#tests/bench/engine/flow'
import { startGenerator } from '#tests/bench/engine/generator'
import type { Bench } from '#tests/bench/engine/scenario'
import type { SideProcess } from '#tests/bench/engine/side-process'
import { until } from '#tests/until'
import { watchEvents } from '#tests/bench/engine/watcher'

/** Milliseconds. */
export interface Takeovers {
  /** Of the first process, from the first row it reads back until it reads its input; zero where there is none. */
  readonly restoreMs: number
  /** From kill -9 to the first output of the same slot, started again at once. */
  readonly restartMs: number
  /** From kill -9 to the first output that a process in another slot, which runs, writes of those partitions. */
  readonly otherMs: number
}

const perSecond = 500
/** Long enough that no output of an owner before is still on its way. */
const settledMs = 3_000
const waitedMsMax = 180_000

/** Kills twice under flow. Throws where an input has no output or two. */
export async function measureTakeovers(bench: Bench, unit: UnitNames): Promise<Takeovers> {
  const { stack } = bench
  const { signal } = stack
  const within = { msMax: waitedMsMax, signal }
  await applyUnit(stack, unit)
  const running: SideProcess[] = []
  const start = (slot: string, version: string) => {
    const process = bench.sides.engine([unit], { slot, version })
    running.push(process)
    return process
  }
  const arrivals = new Arrivals()
  const first = start('0', 'a')
  const restoring = first.printed('restoring')
  restoring.catch(() => undefined)
  const readsAtMs = await first.printed('running')
  const restoreMs = readsAtMs - (await Promise.race([restoring, Promise.resolve(readsAtMs)]))
  const watcher = await watchEvents(stack, unit.output, (event) => arrivals.add(event, Date.now()))
  try {
    const generator = await startGenerator(stack, unit.input, perSecond)
    await until('outputs', () => arrivals.count > 0, within)
    await sleep(settledMs, undefined, { signal })

    const killedAtMs = await first.kill()
    const second = start('0', 'b')
    await until('the same slot goes on', () => arrivals.firstOf('b') !== undefined, within)
    const restartMs = arrivals.firstOf('b')! - killedAtMs

    start('1', 'c')
    await until('a second slot takes part', () => arrivals.firstOf('c') !== undefined, within)
    await sleep(settledMs, undefined, { signal })
    const own = arrivals.partitionsOf('b', Date.now() - settledMs / 2)
    const killedAgainAtMs = await second.kill()
    const taken = () => arrivals.firstOf('c', own)
    await until('the other slot takes over', () => taken() !== undefined, within)
    const otherMs = taken()! - killedAgainAtMs

    await generator.stop()
    await until('every output', () => arrivals.count === generator.sent(), within)
    return { restoreMs, restartMs, otherMs }
  } finally {
    await watcher.close()
    for (const process of running) await process.stop()
  }
}
