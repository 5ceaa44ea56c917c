import { setTimeout as sleep } from 'node:timers/promises'
import { startFlow } from '#tests/soak/engine/flow'
import { judge } from '#tests/soak/engine/judge'
import { type Playing, registryAway, registryAwayMs } from '#tests/soak/engine/registry-away'
import { newRandom } from '#tests/soak/engine/random'
import type { Found, Outcome, Scenario, SoakSize } from '#tests/soak/engine/scenario'
import type { SoakStack } from '#tests/soak/engine/soak-stack'
import type { UnitSpec } from '#tests/soak/engine/soak-units'
import { until } from '#tests/until'
import { newWorkers, type Workers } from '#tests/soak/engine/workers'

const partitions = 4
const kinds = ['stateless', 'stateful', 'task'] as const
const slots = ['0', '1']
const brokerKills = 3
const perSecond = 1_000
const endless = 1_000_000
const backMsMax = 90_000
const roundsMax = 3

/**
 * The broker killed, then the registry away. Kafka 4.3.1, killed and alone, may skip the markers of a transaction: a
 * unit that needs what it left undecided waits, as it is to, and for ever. Such a round is counted, and played again. One
 * in which a unit stopped is not: no marker that is missing stops a unit.
 */
export const outages: Scenario = {
  name: 'outages',
  title: 'the broker killed with -9, the registry away',
  async run(stack, size) {
    for (let round = 1; ; round++) {
      const skipped = stack.skippedMarkers()
      try {
        return await playRound(stack, size, round)
      } catch (error) {
        const isStopped = (error as Error).message.includes('"state":"stopped"')
        if (stack.skippedMarkers() === skipped || isStopped || round === roundsMax) throw error
        stack.report(`round ${round}: the broker skipped markers; ${(error as Error).message}`)
        await stack.revive()
      }
    }
  },
}

async function playRound(
  stack: SoakStack,
  { records, seed }: SoakSize,
  round: number,
): Promise<Outcome> {
  const suffix = round === 1 ? 'outages' : `outages-${round}`
  const units = kinds.map((kind): UnitSpec => ({ kind, suffix, partitions }))
  const random = newRandom(seed + round)
  const schemaId = await stack.apply(units)
  const workers = newWorkers(stack, { name: suffix, units, seed: seed + round })
  await Promise.all(slots.map((slot) => workers.running(slot)))
  const flow = await startFlow(stack, {
    units,
    schemaId,
    keys: 1_000,
    records: () => endless,
    aheadMax: 20_000,
    perSecond: Math.min(perSecond, Math.max(200, records / 1_000)),
  })
  const playing = { stack, stateless: units[0]!, workers, flow }
  const backMs: number[] = []
  let forgotten = 0
  let away: readonly Found[]
  try {
    for (let kill = 0; kill < brokerKills; kill++) {
      await goesOn(playing)
      await sleep(random.whole(500, 2_500))
      const killedAt = performance.now()
      await stack.restartBroker()
      forgotten += await goesOnAfterKill(playing)
      backMs.push(Math.round(performance.now() - killedAt))
      stack.report(`broker killed ${kill + 1} of ${brokerKills}: on after ${backMs.at(-1)} ms`)
    }
    away = await registryAway(playing)
    flow.enough()
    await flow.settled(backMsMax)
    await workers.unparked(backMsMax)
  } finally {
    stack.switchRegistry(true)
    await workers.close()
    await flow.close()
  }
  const { counts, found } = await judge(stack, { flow, workers, deadLetters: 1 })
  const skipped = stack.skippedMarkers()
  return {
    done: [
      `${brokerKills} × kill -9 of the broker under flow, all units on after ${backMs.join(', ')} ms`,
      `the registry away for ${registryAwayMs / 1_000} s under flow, with a record of a schema nobody knew and a worker killed with -9`,
    ],
    counts: {
      'transactions whose markers the broker skipped while it started (a flaw of Kafka)': skipped,
      'starts of the broker that lost sight of committed offsets until the next (a flaw of Kafka)':
        forgotten,
      'rounds before in which it left a transaction undecided that a unit needs (the same flaw)':
        round - 1,
      ...counts,
    },
    found: [...away, ...found],
  }
}

/** Every unit has committed more than a moment ago; or `mayEnd` says that it may be otherwise. */
async function goesOn({ stack, flow, workers }: Playing, mayEnd = () => false): Promise<void> {
  const before = flow.units.map((unit) => flow.handled(unit))
  const hasMore = () => flow.units.every((unit, n) => flow.handled(unit) > before[n]! + 100)
  const within = { msMax: backMsMax, signal: stack.signal }
  await until('every unit goes on', () => hasMore() || mayEnd(), within).catch((error: Error) => {
    throw new Error(`${error.message}; the processes say ${saidBy(workers)}`)
  })
}

const saidBy = (workers: Workers): string =>
  slots.map((slot) => JSON.stringify(workers.in(slot).told()?.statuses)).join(', ')

/**
 * Kafka 4.3.1 may lose sight of committed offsets when it starts after kill -9, until its next start. Units stop then, and
 * do not guess. Answers how often that was so.
 */
async function goesOnAfterKill(playing: Playing): Promise<number> {
  const { stack, workers } = playing
  const isForgotten = () =>
    stack.hasForgottenOffsets() && /its offsets are lost/.test(saidBy(workers))
  await goesOn(playing, isForgotten)
  if (!isForgotten()) return 0
  stack.report('the broker lost sight of committed offsets: it and the processes are started anew')
  await stack.startBrokerAnew()
  for (const slot of slots) await workers.in(slot).end('SIGTERM')
  for (const slot of slots) await workers.running(slot)
  await goesOn(playing)
  return 1
}
