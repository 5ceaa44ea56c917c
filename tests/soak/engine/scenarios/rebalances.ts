import { setTimeout as sleep } from 'node:timers/promises'
import { startFlow } from '#tests/soak/engine/flow'
import { judge } from '#tests/soak/engine/judge'
import { newRandom } from '#tests/soak/engine/random'
import type { Scenario } from '#tests/soak/engine/scenario'
import type { UnitSpec } from '#tests/soak/engine/soak-units'
import { newWorkers } from '#tests/soak/engine/workers'

const partitions = 4
const units: readonly UnitSpec[] = [
  { kind: 'stateless', suffix: 'rebalances', partitions },
  { kind: 'stateful', suffix: 'rebalances', partitions },
  { kind: 'task', suffix: 'rebalances', partitions },
]
const rounds = 20
const perSecond = 800
/** More than can flow meanwhile: it is cut short when the last slot has gone. */
const endless = 1_000_000
const settledMsMax = 90_000

/** Slots that come and go while records flow. */
export const rebalances: Scenario = {
  name: 'rebalances',
  title: 'rebalances in mid-batch',
  async run(stack, { records, seed }) {
    const random = newRandom(seed)
    const schemaId = await stack.apply(units)
    const workers = newWorkers(stack, { name: 'rebalances', units, seed, effects: { msMax: 5 } })
    await workers.running('0')
    const flow = await startFlow(stack, {
      units,
      schemaId,
      keys: 1_000,
      records: () => endless,
      aheadMax: 20_000,
      perSecond: Math.min(perSecond, Math.max(200, records / 1_000)),
    })
    try {
      let leaving: Promise<void> = Promise.resolve()
      for (let round = 1; round <= rounds; round++) {
        const joined = await workers.running(String(round))
        await sleep(random.whole(100, 1_200))
        await leaving
        leaving = joined.end('SIGTERM')
        const handled = flow.handledAll().toLocaleString('en')
        stack.report(`slot ${round} of ${rounds} joined and drains: ${handled} records are handled`)
      }
      await leaving
      flow.enough()
      await flow.settled(settledMsMax)
      await workers.unparked(settledMsMax)
    } finally {
      await workers.close()
      await flow.close()
    }
    return {
      done: [`${rounds} times a slot joined one that works, and drained again, under flow`],
      ...(await judge(stack, { flow, workers })),
    }
  },
}
