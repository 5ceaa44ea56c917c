import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { payLikeABrowser } from '#apps/corrente/payer'
import { configureBody } from '#tests/body'
import { isTold, openScene, type PaymentVersion, type Scene } from '#tests/scene'

let scene: Scene
let close = async (): Promise<void> => undefined
beforeAll(async () => {
  ;({ scene, close } = await openScene(inject('stack')))
})
afterAll(() => close())

const factsOf = (id: string) =>
  scene.about('payment.facts', id).map(({ value }) => (value as { readonly type: string }).type)
const write = async (value: PaymentVersion) => {
  const key = String(value['service_id'])
  return scene.upstream.bytes('payments', key, await scene.upstream.encode('payments', value))
}

/** As the Core tells of an application: plain JSON over HTTP. */
async function ingest(application: object): Promise<void> {
  const response = await fetch(`${scene.addresses.ingest}/applications`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${scene.secrets.ingestToken}`,
    },
    body: JSON.stringify(application),
  })
  expect(response.status).toBe(202)
}

describe('a deferred payment', () => {
  it('is asked for once the application was approved, and completes it', async () => {
    const application = scene.application('42.50', await configureBody(inject('stack')))
    const { id } = application
    await scene.core.move(id, 4000)
    const approved = { status: '4000', status_name: 'status_pending', payment_data: null }
    await ingest({ ...application, ...approved, event_id: randomUUID() })
    await scene.core.move(id, 1500)
    const place = await scene.upstream.applications([application])
    await scene.handled('payment-dispatcher', place)
    const open = await scene.reached(id, 'PAYMENT_PENDING')
    await scene.intermediary.pay(open.value.id)
    await scene.seen(id, 'a version that was told', isTold)

    expect(new Set(scene.versionsOf(id).map(({ value }) => value.id)).size).toBe(1)
    expect(await scene.core.statusOf(id)).toBe(7000)
    expect(await scene.core.counters(id)).toMatchObject({ outcome_requests: 1, outcomes_ok: 1 })
  })
})

describe('a due that was not born here', () => {
  /** A version of a payment of ours under another id, as whoever imported it would write it. */
  async function due(links: Partial<PaymentVersion['links']> = {}): Promise<PaymentVersion> {
    const application = scene.application('42.50', await configureBody(inject('stack')))
    await scene.apply(application)
    const { value } = await scene.reached(application.id, 'PAYMENT_PENDING')
    const id = randomUUID()
    const none = { url: null, last_opened_at: null, method: 'GET' }
    const empty = {
      ...value.links,
      online_payment_begin: none,
      offline_payment: none,
      receipt: none,
      update: { url: null, last_check_at: null, next_check_at: null, method: 'GET' },
      notify: null,
      ...links,
    }
    return {
      ...value,
      id,
      remote_id: randomUUID(),
      payment: { ...value.payment, iud: id.replaceAll('-', '') },
      links: empty as unknown as PaymentVersion['links'],
      event_id: randomUUID(),
      app_id: 'import-of-dues:1.0.0',
    }
  }

  it('is ours from then on: it leads to us, is checked, and is taken in once', async () => {
    const imported = await due()
    await write(imported)
    const isOurs = ({ value }: { value: PaymentVersion }) => value.app_id.startsWith('examplepay-')
    const taken = await scene.seen(imported.remote_id, 'a version of ours', isOurs)
    expect(taken.value.status).toBe('PAYMENT_PENDING')
    const base = `${scene.addresses.paymentProxy}/examplepay`
    expect(taken.value.links['online_payment_begin']!.url).toBe(
      `${base}/online-payment/${imported.id}`,
    )
    expect(taken.value.links['update']!.url).toBe(`${base}/update/${imported.id}`)
    const { next_check_at } = taken.value.links['update'] as unknown as { next_check_at: string }
    expect(Date.parse(next_check_at)).toBeGreaterThan(Date.now())

    const again = await write({ ...imported, event_id: randomUUID() })
    await scene.handled('payment-intake', again)
    await scene.watch.caughtUp()
    expect(factsOf(imported.id)).toEqual(['Received'])
    const rows = await scene.watch.until('its row', () => {
      const found = scene.about('payments.open', imported.id)
      return found.length > 1 ? found : undefined
    })
    expect(rows.at(-1)!.value).toMatchObject({ connector: 'examplepay' })
  })

  it('is never touched where another proxy follows it, though its service is configured here', async () => {
    const update = {
      url: 'http://iris-proxy.example/update/1',
      last_check_at: null,
      next_check_at: null,
      method: 'GET',
    }
    const foreign = await due({ update })
    const place = await write({ ...foreign, app_id: 'iris-payment-proxy:1.4.2' })
    await scene.handled('payment-intake', place)
    await scene.watch.until('its row', () => scene.about('payments.current', foreign.id).at(0))
    await scene.watch.caughtUp()
    expect(factsOf(foreign.id)).toEqual([])
    expect(scene.versionsOf(foreign.remote_id)).toHaveLength(1)
    const asked = await fetch(`${scene.addresses.paymentProxy}/examplepay/update/${foreign.id}`)
    expect(asked.status).not.toBe(500)
    expect(factsOf(foreign.id)).toEqual([])
  })
})

describe('a split', () => {
  it('by weights is written in amounts that add up', async () => {
    const application = scene.application('10.01')
    const split = { c_1: 0.33, c_2: 0.33, c_3: 0.34 }
    const weighed = { ...application, payment_data: { ...application.payment_data, split } }
    await scene.core.register(application.id)
    await ingest(weighed)
    const open = await scene.reached(application.id, 'PAYMENT_PENDING')
    expect(open.value.payment['split']).toEqual([
      { code: 'c_1', amount: '3.30', meta: '{}' },
      { code: 'c_2', amount: '3.30', meta: '{}' },
      { code: 'c_3', amount: '3.41', meta: '{}' },
    ])
    await payLikeABrowser(open.value.links['online_payment_begin']!.url!)
    await scene.reached(application.id, 'COMPLETE')
  })
})
