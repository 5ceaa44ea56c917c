import { setTimeout as sleep } from 'node:timers/promises'
import { sessionMs } from '#core/kafka'
import { type Flow, startFlow } from '#tests/soak/engine/flow'
import { judge } from '#tests/soak/engine/judge'
import { newRandom } from '#tests/soak/engine/random'
import { readTopic } from '#tests/soak/engine/read-topic'
import type { Scenario } from '#tests/soak/engine/scenario'
import type { SoakStack } from '#tests/soak/engine/soak-stack'
import { topicsOf, type UnitSpec } from '#tests/soak/engine/soak-units'
import { newWorkers, untilRunning } from '#tests/soak/engine/workers'

const partitions = 4
const units: readonly UnitSpec[] = [
  { kind: 'stateless', suffix: 'asleep', partitions },
  { kind: 'stateful', suffix: 'asleep', partitions },
  { kind: 'task', suffix: 'asleep', partitions },
]
const rounds = 3
const sleptMsMin = sessionMs + 3_000
const settledMsMax = 90_000
const afterMs = 2_000

/** An owner that sleeps while another takes over all that it had in hand. */
export const asleep: Scenario = {
  name: 'asleep',
  title: 'an owner asleep beyond its session (SIGSTOP, SIGCONT)',
  async run(stack, { records, seed }) {
    const random = newRandom(seed)
    const perRound = Math.max(5_000, Math.floor(records / 100))
    const schemaId = await stack.apply(units)
    const workers = newWorkers(stack, { name: 'asleep', units, seed, effects: { msMax: 5 } })
    await Promise.all(['0', '1'].map((slot) => workers.running(slot)))
    const flow = await startFlow(stack, {
      units,
      schemaId,
      keys: 1_000,
      records: () => perRound,
      aheadMax: 30_000,
    })
    const woken: number[] = []
    try {
      await flow.settled(settledMsMax)
      for (let round = 0; round < rounds; round++) {
        const sleeper = workers.in(String(round % 2))
        flow.more(perRound)
        await sleep(random.whole(200, 1_500))
        sleeper.signal('SIGSTOP')
        const stoppedAt = performance.now()
        // The other one has taken over and done all that the sleeper has in hand.
        await flow.settled(settledMsMax)
        await sleep(Math.max(0, sleptMsMin - (performance.now() - stoppedAt)))
        sleeper.signal('SIGCONT')
        woken.push(Math.round(performance.now() - stoppedAt))
        stack.report(`round ${round + 1} of ${rounds}: slept ${woken.at(-1)} ms`)
        await sleep(afterMs)
        flow.more(Math.floor(perRound / 5))
        await flow.settled(settledMsMax)
        await untilRunning(sleeper, stack)
      }
      await workers.unparked(settledMsMax)
    } finally {
      await workers.close()
      await flow.close()
    }
    const { counts, found } = await judge(stack, { flow, workers })
    const uncommitted = await uncommittedOf(stack, flow)
    return {
      done: [
        `${rounds} times one of two processes was stopped in mid-work for ${woken.join(', ')} ms`,
      ],
      counts: { ...counts, 'outputs written in transactions that nobody committed': uncommitted },
      found,
    }
  },
}

/** Outputs that only who reads uncommitted sees: what was in hand, and came to nothing. */
async function uncommittedOf(stack: SoakStack, flow: Flow): Promise<number> {
  let sum = 0
  for (const unit of flow.units) {
    const count = flow.sent(unit)
    const reading = { count, isCommittedOnly: false, onRecord: () => undefined }
    sum += (await readTopic(stack, topicsOf(unit).output.name, reading)) - count
  }
  return sum
}
