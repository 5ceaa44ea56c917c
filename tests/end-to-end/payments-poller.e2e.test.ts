import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Registry } from 'prom-client'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { pollerSettings } from '#apps/payments-poller/config'
import { openLookup } from '#apps/payments-poller/open-lookup'
import { Poller } from '#apps/payments-poller/poller'
import { pollerMetrics } from '#apps/payments-poller/poller-metrics'
import { updateCall } from '#apps/payments-poller/update-call'
import { platformSettings } from '#apps/platform/settings'
import { silentLog } from '#core/log'
import { newWire } from '#core/wire'
import { configureBody } from '#tests/body'
import { openScene, type PaymentVersion, type Scene, type Version } from '#tests/scene'
import { platformOf } from '#tests/stack'

let scene: Scene
let close = async (): Promise<void> => undefined
let open: Version
beforeAll(async () => {
  ;({ scene, close } = await openScene(inject('stack')))
  const body = await configureBody(inject('stack'), { notifySecret: 'of-somebody-else' })
  const application = scene.application('42.50', body)
  await scene.apply(application)
  open = await scene.reached(application.id, 'PAYMENT_PENDING')
})
afterAll(() => close())

/** One round of a poller whose clock is ahead, so that the test does not wait for the first check. */
async function roundIn(aheadMs: number): Promise<void> {
  const { kafka, wire } = platformSettings(platformOf(inject('stack')))
  const { plan, allowedHosts } = pollerSettings({ POLLER_HOSTS: '127.0.0.1' })
  const lookup = await openLookup({ kafka, wire: newWire(wire), log: silentLog })
  const poller = new Poller(plan, {
    source: lookup,
    call: updateCall(allowedHosts),
    isOwn: (id) => id === open.value.id,
    metrics: pollerMetrics({ registry: new Registry() }),
    log: silentLog,
    now: () => Date.now() + aheadMs,
  })
  try {
    await poller.round()
    await expect
      .poll(() => poller.report().connectors, { timeout: 20_000 })
      .toMatchObject([{ connector: 'examplepay', out: 0, failures: 0 }])
  } finally {
    await poller.stop()
    await lookup.close()
  }
}

describe('a payment of which nobody is notified', () => {
  it('is found by the poller once it was paid, and ends', async () => {
    const { id, remote_id } = open.value
    await scene.intermediary.pay(id)
    await roundIn(70_000)
    const paid = await scene.reached(remote_id, 'COMPLETE')
    expect(paid.value.payment['transaction_id']).toMatch(/^EP-/)
    const types = scene
      .about('payment.facts', id)
      .map(({ value }) => (value as { readonly type: string }).type)
    expect(types).toContain('Checked')
    expect(types).not.toContain('Settled')
    expect(await scene.intermediary.counters(id)).toMatchObject({ notifications: 0 })
  })

  it('was a row of the open ones until its end, in milliseconds', async () => {
    const { id, remote_id, links } = open.value
    const rows = () => scene.about('payments.open', id)
    await scene.watch.until('the end in payments.open', () => rows().at(-1)?.value === undefined)
    const { next_check_at } = links['update'] as unknown as { readonly next_check_at: string }
    expect(rows()[1]!.value).toMatchObject({
      status: 'PAYMENT_PENDING',
      connector: 'examplepay',
      remote_id,
      update_url: links['update']!.url,
      update_method: 'GET',
      next_check_at_ms: Date.parse(next_check_at),
    })
  })

  it('is counted and added up, once, on the day of its service', async () => {
    const day = String(open.value['created_at']).slice(0, 10)
    const isPaid = () =>
      scene
        .about('payments.by-service-day', `${String(open.value['service_id'])}/${day}`)
        .map(({ value }) => value as Record<string, unknown>)
        .find(({ complete_count }) => complete_count === 1)
    expect(await scene.watch.until('the paid one of the day', isPaid)).toMatchObject({
      day,
      payments_count: 1,
      amount_minor: 4250,
      complete_amount_minor: 4250,
      creation_pending_count: 0,
      payment_pending_count: 0,
    })
  })
})

describe('a payment of a proxy that is not ours', () => {
  let server: Server
  let asked: (path: string) => void = () => undefined
  beforeAll(async () => {
    server = createServer((request, response) => {
      asked(String(request.url))
      response.end('{}')
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
  })
  afterAll(() => void (server.closeAllConnections(), server.close()))

  const write = async (value: PaymentVersion) => {
    const key = String(value['service_id'])
    await scene.upstream.bytes('payments', key, await scene.upstream.encode('payments', value))
  }

  it('is asked for by the poller that runs, and its end takes it out of the open ones', async () => {
    const id = randomUUID()
    const { port } = server.address() as AddressInfo
    const now = new Date().toISOString().replace(/\.\d+/, '')
    const { links } = open.value
    const foreign: PaymentVersion = {
      ...open.value,
      id,
      remote_id: randomUUID(),
      service_id: randomUUID(),
      payment: { ...open.value.payment, iud: id.replaceAll('-', '') },
      links: {
        ...links,
        update: {
          ...links['update'],
          url: `http://127.0.0.1:${port}/update/${id}`,
          next_check_at: now,
        },
      } as unknown as PaymentVersion['links'],
      event_id: randomUUID(),
      event_created_at: now,
      app_id: 'iris-payment-proxy:1.4.2',
    }
    const path = new Promise<string>((resolve) => (asked = resolve))
    await write(foreign)
    expect(await path).toBe(`/update/${id}`)
    const rows = () => scene.about('payments.open', id)
    expect(rows()[0]!.value).toMatchObject({ connector: 'iris', status: 'PAYMENT_PENDING' })

    await write({ ...foreign, status: 'COMPLETE', event_id: randomUUID() })
    await scene.watch.until('the end in payments.open', () => rows().at(-1)?.value === undefined)
    await scene.watch.caughtUp()
    // The application is told of every outcome; a payment of others gets no version of ours.
    const types = scene
      .about('payment.facts', id)
      .map(({ value }) => (value as { readonly type: string }).type)
    expect(types.filter((type) => type !== 'Notified')).toEqual([])
    expect(scene.versionsOf(foreign.remote_id)).toHaveLength(2)
  })
})
