import { setTimeout as sleep } from 'node:timers/promises'
import type { UnitStatus } from '#core/unit-status'
import { registerSchemas } from '#apps/platform/contracts'
import { events } from '#schemas/topic'
import { type Flow, startFlow } from '#tests/soak/engine/flow'
import { judge } from '#tests/soak/engine/judge'
import { newRandom } from '#tests/soak/engine/random'
import { type Found, type Scenario, Violations } from '#tests/soak/engine/scenario'
import type { SoakStack } from '#tests/soak/engine/soak-stack'
import { nameOf, topicsOf, type UnitSpec } from '#tests/soak/engine/soak-units'
import { until } from '#tests/until'
import { newWorkers, untilRunning, type Workers } from '#tests/soak/engine/workers'

const partitions = 4
const stateless: UnitSpec = { kind: 'stateless', suffix: 'outages', partitions }
const units: readonly UnitSpec[] = [
  stateless,
  { kind: 'stateful', suffix: 'outages', partitions },
  { kind: 'task', suffix: 'outages', partitions },
]
const slots = ['0', '1']
const brokerKills = 3
const registryAwayMs = 10_000
const perSecond = 1_000
const endless = 1_000_000
const backMsMax = 90_000

interface Playing {
  readonly stack: SoakStack
  readonly workers: Workers
  readonly flow: Flow
}

/** The broker killed, then the registry away. */
export const outages: Scenario = {
  name: 'outages',
  title: 'the broker killed with -9, the registry away',
  async run(stack, { records, seed }) {
    const random = newRandom(seed)
    const schemaId = await stack.apply(units)
    const workers = newWorkers(stack, { name: 'outages', units, seed })
    await Promise.all(slots.map((slot) => workers.running(slot)))
    const flow = await startFlow(stack, {
      units,
      schemaId,
      keys: 1_000,
      records: () => endless,
      aheadMax: 20_000,
      perSecond: Math.min(perSecond, Math.max(200, records / 1_000)),
    })
    const playing = { stack, workers, flow }
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
        ...counts,
      },
      found: [...away, ...found],
    }
  },
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
 * Kafka 4.3.1 may lose sight of committed offsets when it starts after kill -9: two readings of them overlap, and what
 * the overtaken one has read counts as all there is. Units stop then, and do not guess; the next start reads them all.
 * Answers how often that was so.
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

async function registryAway({ stack, workers, flow }: Playing): Promise<readonly Found[]> {
  const [waits, goes] = [new Violations(), new Violations()]
  stack.switchRegistry(false)
  await writeStrange(stack)
  await workers.in('1').end('SIGKILL')
  const statusOf = (unit: UnitSpec): UnitStatus | undefined =>
    workers
      .in('0')
      .told()
      ?.statuses.find((status) => status.unit === nameOf(unit))
  const isWaiting = () => /registry/.test(statusOf(stateless)?.reason ?? '')
  const within = { msMax: 30_000, signal: stack.signal }
  await until('the unit that met it waits', isWaiting, within).catch((error: Error) =>
    waits.add(`${error.message}; it says ${JSON.stringify(statusOf(stateless))}`),
  )
  const others = units.filter((unit) => unit !== stateless)
  const before = others.map((unit) => flow.handled(unit))
  await sleep(registryAwayMs)
  if (!isWaiting()) waits.add(`it says ${JSON.stringify(statusOf(stateless))}`)
  for (const [n, unit] of others.entries()) {
    if (flow.handled(unit) <= before[n]!) goes.add(`${unit.kind} did not go on`)
  }
  // Not even a start waits for it: it ends and says why, and whoever looks after it starts it again.
  const early = workers.start('1')
  await until('a start without a registry ends', early.hasEnded, within)
  stack.switchRegistry(true)
  await untilRunning(workers.start('1'), stack)
  return [
    {
      promise:
        'the registry away: the unit that meets a schema it does not know waits, and says so',
      violations: waits.list(),
    },
    { promise: 'the registry away: units that know what they read go on', violations: goes.list() },
  ]
}

/** A record under an id no process has seen: only the registry knows whether it is poison. */
async function writeStrange({ registry, client }: SoakStack): Promise<void> {
  const other = events('soak-strange', 'corrente.payments.PaymentSeen', { key: 'payment_id' })
  const [registered] = await registerSchemas(registry, [other])
  const strange = Buffer.alloc(6)
  strange.writeUInt32BE(registered!.id, 1)
  const producer = client.producer()
  await producer.connect()
  const messages = [{ key: 'strange', partition: 0, value: strange }]
  await producer.send({ topic: topicsOf(stateless).input.name, messages })
  await producer.disconnect()
}
