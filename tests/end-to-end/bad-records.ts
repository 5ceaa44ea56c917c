import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { demoService } from '#apps/corrente/demo-application'
import type { Scene } from '#tests/scene'
import { type Place, toldAgain } from '#tests/upstream'

const dispatcher = 'payment-dispatcher'

/** Records on `applications` that are no applications. */
export function badRecords(sceneOf: () => Scene): void {
  const unreadable = {
    'bytes that are neither Avro nor JSON': Buffer.from('not an application'),
    'an unknown schema id': Buffer.from('\0\x00\x0f\x42\x3f and some Avro', 'latin1'),
    'JSON that breaks off': Buffer.from('{"id": "'),
  }
  it.each(Object.entries(unreadable))('sets %s aside, byte by byte', async (_, bytes) => {
    const scene = sceneOf()
    const place = await scene.upstream.bytes('applications', demoService, bytes)

    const letter = await scene.deadLetter(dispatcher, place)
    expect(letter.headers['dlq.error']).toBe('UndecodableError')
    expect(letter.bytes).toEqual(bytes)
    expect(letter.key).toBe(demoService)
  })

  it('discards a version it does not read, and goes on', async () => {
    const scene = sceneOf()
    const application = scene.application()
    const places: Place[] = []
    for (const event_version of ['1.0', '3.0']) {
      places.push(await scene.apply({ ...toldAgain(application), event_version }))
    }

    for (const told of places) await scene.handled(dispatcher, told)
    expect(scene.versionsOf(application.id)).toEqual([])
    for (const told of places) expect(scene.letters(dispatcher, told)).toEqual([])
  })
}

/** Applications nobody can be asked to pay, and applications told too often. */
export function badApplications(sceneOf: () => Scene): void {
  const lacking = [
    ['no tax code', 'no-tax-code', { data: { 'applicant.data.fiscal_code.data.fiscal_code': '' } }],
    ['a zero amount', 'amount-not-positive', { payment_data: { amount: '0.00', split: [] } }],
    ['a negative amount', 'amount-not-positive', { payment_data: { amount: '-5.00', split: [] } }],
    [
      'a split that does not add up',
      'split-does-not-add-up',
      { payment_data: { split: [{ code: 'c_1', amount: '41.00', meta: {} }] } },
    ],
  ] as const
  it.each(lacking)('sets an application with %s aside as %s', async (_, code, wrong) => {
    const scene = sceneOf()
    const application = scene.application()
    const { data, payment_data } = { data: {}, payment_data: {}, ...wrong }

    const place = await scene.apply({
      ...application,
      data: { ...application.data, ...data },
      payment_data: { ...application.payment_data, ...payment_data },
    })

    const letter = await scene.deadLetter(dispatcher, place)
    expect(letter.headers['dlq.error']).toBe(code)
    expect(scene.versionsOf(application.id)).toEqual([])
  })

  it('makes one payment of an application told ten times', async () => {
    const scene = sceneOf()
    const application = scene.application()
    await scene.core.register(application.id)
    const told = Array.from({ length: 10 }, () => toldAgain(application))
    const { topic, partition, offset } = await scene.upstream.applications(told)
    await scene.handled(dispatcher, { topic, partition, offset: offset + told.length - 1 })
    const { value } = await scene.reached(application.id, 'PAYMENT_PENDING')

    const created = scene.versionsOf(application.id).map((version) => version.value)
    expect(new Set(created.map(({ id }) => id)).size).toBe(1)
    expect(created.filter(({ status }) => status === 'CREATION_PENDING')).toHaveLength(1)
    expect((await scene.intermediary.counters(value.id)).creation_requests).toBe(1)
  })

  it('mirrors the payment of an unknown service and opens nothing', async () => {
    const scene = sceneOf()
    const stranger = { tenant_id: randomUUID(), service_id: randomUUID() }
    const application = scene.application('42.50', stranger)
    await scene.apply(application)

    const created = await scene.reached(application.id, 'CREATION_PENDING')
    await scene.handled('payment-intake', created)
    const { id } = created.value
    const row = await scene.watch.until('its row', () => scene.about('payments.current', id).at(0))
    expect(row.value).toMatchObject({ status: 'CREATION_PENDING', remote_id: application.id })
    expect(scene.about('payment.openings', id)).toEqual([])
    expect(scene.about('payment.facts', id)).toEqual([])
    expect(scene.versionsOf(application.id)).toHaveLength(1)
    expect((await scene.intermediary.counters(id)).creation_requests).toBe(0)
    expect(scene.letters('payment-intake', created)).toEqual([])
  })
}
