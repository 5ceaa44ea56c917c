import { setTimeout as sleep } from 'node:timers/promises'
import { failuresOf } from '#tests/soak/engine/effects'
import { startFlow } from '#tests/soak/engine/flow'
import { judge } from '#tests/soak/engine/judge'
import { newRandom } from '#tests/soak/engine/random'
import { type Scenario, Violations } from '#tests/soak/engine/scenario'
import type { UnitSpec } from '#tests/soak/engine/soak-units'
import { until } from '#tests/until'
import { newWorkers, untilRunning } from '#tests/soak/engine/workers'

const units: readonly UnitSpec[] = [{ kind: 'task', suffix: 'failing', partitions: 4 }]
const failPercent = 5
const slots = ['0', '1']
const killsMax = 3
const msMax = 300_000

/** Records that must wait, and those that queue behind them. */
export const failingEffects: Scenario = {
  name: 'failing-effects',
  title: `${failPercent} % of the effects fail`,
  async run(stack, { records, seed }) {
    const random = newRandom(seed)
    const total = Math.max(10_000, Math.floor(records / 20))
    const schemaId = await stack.apply(units)
    const effects = { failPercent, msMax: 5 }
    const workers = newWorkers(stack, { name: 'failing', units, seed, effects })
    await Promise.all(slots.map((slot) => workers.running(slot)))
    const flow = await startFlow(stack, {
      units,
      schemaId,
      keys: 1_000,
      records: () => total,
      aheadMax: 5_000,
    })
    let parkedMost = 0
    const parked = () =>
      slots.reduce((sum, slot) => sum + (workers.in(slot).told()?.parked ?? 0), 0)
    const watch = setInterval(() => (parkedMost = Math.max(parkedMost, parked())), 50)
    const left = new Violations()
    try {
      for (let kill = 1; kill <= killsMax; kill++) {
        const at = Math.floor((total * kill) / (killsMax + 1))
        const within = { msMax, signal: stack.signal }
        await until(`${at} are handled`, () => flow.handledAll() >= at, within)
        const slot = slots[random.whole(0, 1)]!
        await workers.in(slot).end('SIGKILL')
        stack.report(
          `kill ${kill} of ${killsMax}: ${flow.handledAll()} handled, ${parked()} parked`,
        )
        // The last one comes back after another took over what it had parked.
        await sleep(kill === killsMax ? 9_000 : 0)
        await untilRunning(workers.start(slot), stack)
      }
      await flow.settled(msMax)
      await workers.unparked(60_000).catch((error: Error) => left.add(error.message))
    } finally {
      clearInterval(watch)
      await workers.close()
      await flow.close()
    }
    const { counts, found } = await judge(stack, { flow, workers })
    const failing = Array.from({ length: total }, (_, n) => n).filter(
      (sequence) => failuresOf(workers.effects, sequence) > 0,
    ).length
    return {
      done: [
        `${failing} of ${total} records met one to six failures in a row, every second after the effect was done`,
        `${killsMax} × kill -9 meanwhile, one of them with a takeover`,
      ],
      counts: { ...counts, 'parked at once, at most': parkedMost },
      found: [{ promise: 'all parked records come through', violations: left.list() }, ...found],
    }
  },
}
