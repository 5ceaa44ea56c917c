import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { payLikeABrowser } from '#apps/corrente/payer'
import { isTold, openScene, type Scene, type Version } from '#tests/scene'
import { configureBody } from '#tests/body'

let scene: Scene
let close = async (): Promise<void> => undefined
beforeAll(async () => {
  ;({ scene, close } = await openScene(inject('stack')))
})
afterAll(() => close())

const urlOf = ({ value }: Version, link: string): string => value.links[link]?.url ?? ''

const bytesAt = async (url: string): Promise<Buffer> => {
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000) })
  expect(response.status, url).toBe(200)
  return Buffer.from(await response.arrayBuffer())
}

const stepsOf = (versions: readonly Version[]): string[] =>
  versions
    .map((version) => version.value.status + (isTold(version) ? ', told' : ''))
    .filter((step, i, steps) => step !== steps[i - 1])

const allSteps = [
  'CREATION_PENDING',
  'PAYMENT_PENDING',
  'PAYMENT_STARTED',
  'COMPLETE',
  'COMPLETE, told',
]

const envelope = {
  event_id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[0-9a-f-]{17}$/) as string,
  event_version: '2.0',
  event_created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/) as string,
}

describe('an application told in Avro', () => {
  const id = () => application.id
  let application: ReturnType<Scene['application']>
  let place: { readonly partition: number; readonly offset: number }
  let versions: readonly Version[]

  beforeAll(async () => {
    const stack = inject('stack')
    application = scene.application('42.50', await configureBody(stack))
    place = await scene.apply(application)
    const open = await scene.reached(id(), 'PAYMENT_PENDING')
    await payLikeABrowser(urlOf(open, 'online_payment_begin'))
    const told = await scene.seen(id(), 'a version that was told', isTold)
    await scene.handled('payment-keeper', scene.about('payment.facts', told.value.id).at(-1)!)
    versions = scene.versionsOf(id())
  })

  it('becomes one payment that is paid, and the Core is at 2000', async () => {
    expect(new Set(versions.map(({ value }) => value.id)).size).toBe(1)
    expect(stepsOf(versions)).toEqual(allSteps)
    expect(await scene.core.statusOf(id())).toBe(2000)
    expect(await scene.core.counters(id())).toMatchObject({ outcome_requests: 1, outcomes_ok: 1 })
    const paid = versions.at(-1)!.value
    expect(paid.payment).toMatchObject({ amount: '42.50', currency: 'EUR' })
    expect(paid.payment['transaction_id']).toMatch(/^EP-/)
    expect(await scene.intermediary.counters(paid.id)).toEqual({
      debt_positions: 1,
      creation_requests: 1,
      settlements: 1,
      notifications: 1,
    })
  })

  it('is in the numbers of its units and of its connector', async () => {
    const metrics = async () => String(await bytesAt(`${scene.addresses.worker}/metrics`))
    // Nothing comes any more: what is behind the markers of transactions is committed, too.
    const nothingLeft = expect.stringMatching(
      /^corrente_lag\{unit="payment-keeper"\} 0$/m,
    ) as string
    await expect.poll(metrics, { timeout: 15_000 }).toEqual(nothingLeft)
    const text = await metrics()
    expect(text).toMatch(/^corrente_record_seconds_count\{unit="debt-position-opener"\} [1-9]/m)
    expect(text).toMatch(/^corrente_payments_created_total\{connector="examplepay"\} [1-9]/m)
  })

  it('gets exactly one version for each thing that happened', () => {
    const [created, ...later] = versions
    const facts = scene
      .about('payment.facts', created!.value.id)
      .map(({ value }) => value as { readonly event_id: string; readonly type: string })
    const causing = facts.filter(({ type }) => type !== 'Received').map(({ event_id }) => event_id)
    expect(later.map(({ headers }) => headers['causation-id'])).toEqual(causing)
    expect(facts.map(({ type }) => type).sort()).toEqual(
      ['Landed', 'Notified', 'OnlineOpened', 'Opened', 'Received', 'Settled'].sort(),
    )
    expect(new Set(versions.map(({ value }) => value.event_id)).size).toBe(versions.length)
  })

  it('says on each version who wrote it, why, and where it began', () => {
    for (const { value, key } of versions) {
      expect(value).toMatchObject(envelope)
      expect(key).toBe(application.service_id)
    }
    const [created, opened] = versions
    const origin = `applications/${place.partition}/${place.offset}`
    expect(created!.value.app_id).toMatch(/^payment-dispatcher:\d/)
    expect(created!.headers).toMatchObject({
      'correlation-id': application.event_id,
      'causation-id': application.event_id,
      'corrente-origin': origin,
      'corrente-unit': 'payment-dispatcher',
    })
    expect(opened!.value.app_id).toMatch(/^examplepay-payment-proxy:\d/)
    expect(opened!.headers).toMatchObject({
      'correlation-id': application.event_id,
      'corrente-origin': origin,
      'corrente-unit': 'payment-keeper',
    })
  })

  it('is one row of the view, as the last version says', async () => {
    const { value: last } = versions.at(-1)!
    const isLast = () =>
      scene
        .about('payments.current', last.id)
        .map(({ value }) => value as Record<string, unknown>)
        .find(({ event_id }) => event_id === last.event_id)
    expect(await scene.watch.until('the row of the last version', isLast)).toMatchObject({
      status: 'COMPLETE',
      remote_id: id(),
      payment_amount: '42.50',
      payment_transaction_id: last.payment['transaction_id'],
      receipt_url: urlOf(versions.at(-1)!, 'receipt'),
    })
  })

  it('has a notice and a receipt that are PDFs', async () => {
    const last = versions.at(-1)!
    for (const link of ['offline_payment', 'receipt']) {
      const pdf = await bytesAt(urlOf(last, link))
      expect(pdf.subarray(0, 5).toString('latin1')).toBe('%PDF-')
    }
    const isOpened = ({ value }: Version) => {
      const { offline_payment, receipt } = value.links as Record<
        string,
        { last_opened_at?: string }
      >
      return Boolean(offline_payment?.last_opened_at && receipt?.last_opened_at)
    }
    expect((await scene.seen(id(), 'opened documents', isOpened)).value.status).toBe('COMPLETE')
  })
})

describe('an application told in plain JSON over HTTP', () => {
  it('is taken with its deviations, and paid', async () => {
    const application = scene.application()
    const { payment_data } = application
    const deviating = {
      ...application,
      event_version: 2,
      status: 1500,
      payment_data: {
        ...payment_data,
        amount: '42,50',
        split: { c_1: 40, c_2: '2.50' },
        landing: [payment_data['landing']],
      },
    }
    await scene.core.register(application.id)

    const response = await fetch(`${scene.addresses.ingest}/applications`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${scene.secrets.ingestToken}`,
      },
      body: JSON.stringify(deviating),
    })

    expect(response.status).toBe(202)
    expect(await response.json()).toEqual({
      topic: 'applications',
      partition: expect.any(Number) as number,
      offset: expect.any(Number) as number,
    })
    const open = await scene.reached(application.id, 'PAYMENT_PENDING')
    expect(open.value.payment).toMatchObject({
      amount: '42.50',
      split: [
        { code: 'c_1', amount: '40.00', meta: '{}' },
        { code: 'c_2', amount: '2.50', meta: '{}' },
      ],
    })
    await scene.intermediary.pay(open.value.id)
    await scene.seen(application.id, 'a version that was told', isTold)
    expect(stepsOf(scene.versionsOf(application.id))).toEqual(
      allSteps.filter((step) => step !== 'PAYMENT_STARTED'),
    )
    expect(await scene.core.statusOf(application.id)).toBe(2000)
  })
})
