import { setTimeout as sleep } from 'node:timers/promises'
import type { UnitStatus } from '#core/unit-status'
import { registerSchemas } from '#apps/platform/contracts'
import { events } from '#schemas/topic'
import type { Flow } from '#tests/soak/engine/flow'
import { type Found, Violations } from '#tests/soak/engine/scenario'
import type { SoakStack } from '#tests/soak/engine/soak-stack'
import { nameOf, topicsOf, type UnitSpec } from '#tests/soak/engine/soak-units'
import { until } from '#tests/until'
import { untilRunning, type Workers } from '#tests/soak/engine/workers'

export const registryAwayMs = 10_000

/** A flow of units, and the one that is to meet a schema it does not know. */
export interface Playing {
  readonly stack: SoakStack
  readonly stateless: UnitSpec
  readonly workers: Workers
  readonly flow: Flow
}

/** Switches the registry off for a while, under flow; slot 1 is killed meanwhile. */
export async function registryAway({
  stack,
  stateless,
  workers,
  flow,
}: Playing): Promise<readonly Found[]> {
  const [waits, goes] = [new Violations(), new Violations()]
  stack.switchRegistry(false)
  await writeStrange(stack, stateless)
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
  const others = flow.units.filter((unit) => unit !== stateless)
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
async function writeStrange({ registry, client }: SoakStack, unit: UnitSpec): Promise<void> {
  const other = events('soak-strange', 'corrente.payments.PaymentSeen', { key: 'payment_id' })
  const [registered] = await registerSchemas(registry, [other])
  const strange = Buffer.alloc(6)
  strange.writeUInt32BE(registered!.id, 1)
  const producer = client.producer()
  await producer.connect()
  const messages = [{ key: 'strange', partition: 0, value: strange }]
  await producer.send({ topic: topicsOf(unit).input.name, messages })
  await producer.disconnect()
}
