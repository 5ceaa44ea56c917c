import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  exampleId,
  type ExampleProxy,
  iudOf,
  startExampleProxy,
} from '#apps/payment-proxy/example-proxy'

let proxy: ExampleProxy
beforeAll(async () => {
  proxy = await startExampleProxy()
})
afterAll(() => proxy.stop())

const land = (id: string) => proxy.call(`/examplepay/landing/${id}`)
const typesOf = (id: string) => proxy.factsOf(id).map(({ type }) => type)
const inTime = { timeout: 5_000 }
/** Longer than the check after a landing takes. */
const aMoment = () => new Promise((resolve) => setTimeout(resolve, 700))

describe('GET /landing/:id', () => {
  it('sends the payer back, after the fact', async () => {
    const id = exampleId(1)
    await proxy.open(id, { status: 'PAYMENT_STARTED' })
    const page = String(proxy.payments.get(id)?.['online_payment_landing_url'])
    const answer = await proxy.call(`/examplepay/landing/${id}?outcome=ok`)
    expect(answer.status).toBe(302)
    expect(answer.headers.get('location')).toBe(page)
    expect(proxy.factsOf(id)[0]).toEqual({ type: 'Landed', payment_id: id })
  })

  it('has the intermediary asked for the money, which alone says what became of it', async () => {
    const [paid, left] = [exampleId(2), exampleId(3)]
    for (const id of [paid, left]) await proxy.open(id, { status: 'PAYMENT_STARTED' })
    await fetch(`${proxy.sandbox.url}/pay-now/${iudOf(paid)}`, { method: 'POST' })
    for (const id of [paid, left]) {
      expect((await proxy.call(`/examplepay/landing/${id}?outcome=ok`)).status).toBe(302)
    }
    const checkOf = (id: string) => proxy.factsOf(id).find(({ type }) => type === 'Checked')
    await expect.poll(() => checkOf(paid), inTime).toMatchObject({ checked: { state: 'settled' } })
    await expect.poll(() => checkOf(left), inTime).toMatchObject({ checked: { state: 'pending' } })
  })

  it('has nobody asked where a notification came first, or nothing is awaited', async () => {
    const [notified, over] = [exampleId(4), exampleId(5)]
    await proxy.open(notified, { status: 'PAYMENT_STARTED' })
    await proxy.open(over, { status: 'EXPIRED' })
    expect([(await land(over)).status, (await land(notified)).status]).toEqual([302, 302])
    proxy.set(notified, { status: 'COMPLETE' })
    await aMoment()
    expect([typesOf(notified), typesOf(over)]).toEqual([['Landed'], ['Landed']])
  })

  it('has the intermediary asked once, however often somebody lands', async () => {
    const id = exampleId(6)
    await proxy.open(id)
    await Promise.all([land(id), land(id), land(id)])
    await expect.poll(() => typesOf(id), inTime).toContain('Checked')
    await aMoment()
    expect(typesOf(id).sort()).toEqual(['Checked', 'Landed', 'Landed', 'Landed'])
  })

  it('says so where the check is missed, and sends the payer back all the same', async () => {
    const id = exampleId(7)
    await proxy.open(id)
    proxy.set(id, { payment_iud: iudOf(exampleId(99)) })
    expect((await land(id)).status).toBe(302)
    const warned = () => proxy.logged.filter(({ level }) => level === 'warn')
    await expect.poll(warned, inTime).toMatchObject([{ fields: { payment_id: id } }])
    expect(typesOf(id)).toEqual(['Landed'])
  })

  it('is 404 where the payment has no page to land on', async () => {
    const id = exampleId(8)
    await proxy.open(id)
    proxy.set(id, { online_payment_landing_url: null })
    const answer = await land(id)
    expect(answer.status).toBe(404)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(proxy.factsOf(id)).toEqual([])
  })

  it('leads nowhere but to hosts that are allowed, and then nobody landed', async () => {
    const id = exampleId(9)
    await proxy.open(id)
    proxy.set(id, { online_payment_landing_url: 'https://evil.example/RSSMRA80A01H501U' })
    const answer = await land(id)
    expect([answer.status, answer.headers.get('location')]).toEqual([403, null])
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(await answer.json()).toMatchObject({
      detail: 'the page to go back to is not one that the public body allows',
      code: 'host-not-allowed',
    })
    await aMoment()
    expect(proxy.factsOf(id)).toEqual([])
  })
})
