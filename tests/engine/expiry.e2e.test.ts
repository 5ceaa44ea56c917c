import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { registerSchemas } from '#apps/platform/contracts'
import type { Processor } from '#core/processor'
import { codecOf } from '#schemas/codec'
import type { KeptPayment, PaymentFact } from '#schemas/generated/types'
import { instantOf } from '#schemas/values/date-time'
import { checksEnd, openedFact } from '#streams/payments/keeper-samples'
import { lastCheckMsMax } from '#streams/payments/expire-payment'
import { paymentKeeper } from '#streams/payments/payment-keeper'
import { factOf, samplePayment } from '#streams/payments/samples'
import { renamed } from '#tests/engine/renamed-unit'
import { newScene, produce, type Scene, seen, stateOf, until } from '#tests/engine/scene'

const { id } = samplePayment()
const received = { connector: 'examplepay', payment: samplePayment() }
const versions = { tenant_configuration_version: 3, service_configuration_version: 5 }
const asJson = (fact: PaymentFact) => ({
  key: fact.payment_id,
  value: JSON.stringify(codecOf('corrente.payments.PaymentFact').toJson(fact)),
})

const rowsOf = async (scene: Scene, keeper: Processor, count: number) =>
  (await seen(scene, keeper.state!.name, count))
    .filter(({ key, bytes }) => key === id && bytes !== null)
    .map(({ bytes }) => codecOf('corrente.payments.KeptPayment').decode(bytes!.subarray(5)))

const statesOf = async (scene: Scene, keeper: Processor, count: number) =>
  (await seen(scene, keeper.outputs[0]!.name, count)).map(({ bytes }) =>
    codecOf('corrente.payments.Payment').decode(bytes!.subarray(5)),
  )

// The deadline of the fictional payment is long past, so that its last check is due as soon as it is open.
it('a payment nobody was heard of expires, six days after its last check was due, over a restart', async () => {
  const scene = await newScene({ partitions: 1 })
  const keeper = renamed(paymentKeeper, scene.suffix)
  const topics = [keeper.input, keeper.state!, ...keeper.outputs]
  await registerSchemas(scene.registry, topics)
  await scene.apply([keeper], topics)
  let aheadMs = 0
  const now = () => Date.now() + aheadMs
  await produce(scene, keeper.input.name, [
    asJson(factOf({ type: 'Received', received: { ...received, ...versions } })),
    asJson(openedFact),
  ])

  const first = await scene.run([keeper], { now })
  let expires_at: string | null = null
  try {
    const rows = await rowsOf(scene, keeper, 3)
    const ends = rows.map(({ checks_end_at }: KeptPayment) => checks_end_at)
    expect(ends).toEqual([null, checksEnd, checksEnd])
    expires_at = rows.at(-1)!.expires_at
    const inSixDays = Date.now() + lastCheckMsMax
    expect(Math.abs(instantOf(expires_at!) - inSixDays)).toBeLessThan(60_000)
    aheadMs = lastCheckMsMax - 60_000
    await sleep(500)
  } finally {
    await first.drain()
  }

  const second = await scene.run([keeper], { now })
  try {
    await until('it runs', () => stateOf(second).state === 'running')
    await sleep(500)
    const before = await statesOf(scene, keeper, 1)
    expect(before.map(({ status }) => status)).toEqual(['PAYMENT_PENDING'])
    aheadMs = lastCheckMsMax + 60_000
    const after = await statesOf(scene, keeper, 2)
    expect(after.map(({ status }) => status)).toEqual(['PAYMENT_PENDING', 'EXPIRED'])
    expect(after.at(-1)!.updated_at).toBe(expires_at)
    expect(after.at(-1)!.links.update.next_check_at).toBeNull()
  } finally {
    await second.drain()
  }
})
