import { expect, it } from 'vitest'
import { isTold, type Scene } from '#tests/scene'

/** An intermediary that does not answer as it should. */
export function badIntermediary(sceneOf: () => Scene): void {
  const passing = [
    ['answers HTML with 200 twice', '10.05', 3],
    ['answers 503 three times', '10.19', 4],
    ['does not answer once', '10.09', 2],
    ['loses its answer after the creation', '10.04', 2],
    ['says once that it is too early', '10.29', 2],
  ] as const
  it.each(passing)(
    'opens one debt position where the intermediary %s (%s)',
    async (_, amount, creation_requests) => {
      const scene = sceneOf()
      const application = scene.application(amount)
      await scene.apply(application)

      const { value } = await scene.reached(application.id, 'PAYMENT_PENDING')
      expect(await scene.intermediary.counters(value.id)).toMatchObject({
        debt_positions: 1,
        creation_requests,
      })
      const steps = scene.versionsOf(application.id).map((version) => version.value.status)
      expect(steps).toEqual(['CREATION_PENDING', 'PAYMENT_PENDING'])
    },
  )

  it('ends a payment the intermediary refuses, and tells the Core KO', async () => {
    const scene = sceneOf()
    const application = scene.application('10.02')
    await scene.apply(application)

    const failed = await scene.seen(application.id, 'a version that was told', isTold)
    expect(failed.value.status).toBe('CREATION_FAILED')
    expect(await scene.core.statusOf(application.id)).toBe(1530)
    expect(await scene.core.counters(application.id)).toMatchObject({
      outcomes_ok: 0,
      outcomes_ko: 1,
    })
    expect((await scene.intermediary.counters(failed.value.id)).debt_positions).toBe(0)
  })
}

/** Money that comes twice or too late is shown to a person, and the payment stays as it is. */
export function surprisingMoney(sceneOf: () => Scene): void {
  const twice = [
    ['with the same transaction', '10.33', 'settled-again'],
    ['with two transactions', '10.34', 'settled-twice'],
  ] as const
  it.each(twice)('shows money reported twice %s', async (_, amount, kind) => {
    const scene = sceneOf()
    const application = scene.application(amount)
    await scene.apply(application)
    const open = await scene.reached(application.id, 'PAYMENT_PENDING')
    await scene.intermediary.pay(open.value.id)

    const [anomaly] = await scene.anomalies(open.value.id)
    expect(anomaly).toMatchObject({ kind, status: 'COMPLETE', amount })
    await scene.seen(application.id, 'a version that was told', isTold)
    const { transaction_id } = (await scene.reached(application.id, 'COMPLETE')).value.payment
    if (kind === 'settled-again') expect(anomaly!['transaction_id']).toBe(transaction_id)
    else expect(anomaly!['transaction_id']).not.toBe(transaction_id)
    const isComplete = ({ value }: typeof open) => value.status === 'COMPLETE'
    expect(scene.versionsOf(application.id).filter(isComplete)).toHaveLength(2)
    expect(await scene.core.counters(application.id)).toMatchObject({ outcome_requests: 1 })
  })

  it('shows money that comes after the intermediary said EXPIRED', async () => {
    const scene = sceneOf()
    const application = scene.application('10.88')
    await scene.apply(application)
    const open = await scene.reached(application.id, 'PAYMENT_PENDING')
    const asked = await fetch(open.value.links['update']!.url!)
    expect(await asked.json()).toMatchObject({ settlement: 'expired' })

    await scene.reached(application.id, 'EXPIRED')
    const [anomaly] = await scene.anomalies(open.value.id)
    expect(anomaly).toMatchObject({
      kind: 'settled-after-final',
      status: 'EXPIRED',
      amount: '10.88',
      transaction_id: expect.stringMatching(/^EP-/) as string,
      paid_at: expect.stringMatching(/^\d{4}-/) as string,
    })
    expect(scene.versionsOf(application.id).at(-1)!.value.status).toBe('EXPIRED')
    expect(await scene.intermediary.counters(open.value.id)).toMatchObject({
      settlements: 1,
      notifications: 1,
    })
  })
}

/** A Core that does not take an outcome. */
export function refusingCore(sceneOf: () => Scene): void {
  it('shows that an application which has ended refuses the outcome', async () => {
    const scene = sceneOf()
    const application = scene.application()
    await scene.apply(application)
    const open = await scene.reached(application.id, 'PAYMENT_PENDING')
    await scene.core.move(application.id, 8000)
    await scene.intermediary.pay(open.value.id)

    const [anomaly] = await scene.anomalies(open.value.id)
    expect(anomaly).toMatchObject({ kind: 'application-refused', status: 'COMPLETE' })
    const update = await scene.watch.until('the update', () =>
      scene.about('application-updates', application.id).at(0),
    )
    const letter = await scene.deadLetter('application-notifier', update)
    expect(letter.headers['dlq.error']).toBe('application-refused')
    expect(letter.bytes).toEqual(update.bytes)
    expect(scene.versionsOf(application.id).filter(isTold)).toEqual([])
  })
}
