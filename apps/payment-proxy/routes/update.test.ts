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

const factsOf = (id: string) => proxy.facts.filter(({ payment_id }) => payment_id === id)
const update = (id: string) => proxy.call(`/examplepay/update/${id}`)

describe('GET /update/:id', () => {
  it('tells of money that has not come yet', async () => {
    const id = exampleId(1)
    await proxy.open(id)
    const answer = await update(id)
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({
      id,
      status: 'PAYMENT_PENDING',
      settlement: 'pending',
      checked_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\+0[12]:00$/) as string,
    })
    const nothing = { transaction_id: null, paid_at: null, amount: null }
    expect(factsOf(id)).toEqual([
      { type: 'Checked', payment_id: id, checked: { state: 'pending', ...nothing } },
    ])
  })

  it('tells of money that has come', async () => {
    const id = exampleId(2)
    await proxy.open(id, { cents: 1234 })
    await fetch(`${proxy.sandbox.url}/pay-now/${iudOf(id)}`, { method: 'POST' })
    expect(await (await update(id)).json()).toMatchObject({ settlement: 'settled' })
    const fact = factsOf(id).find(({ type }) => type === 'Checked')
    expect(fact).toMatchObject({ checked: { state: 'settled', amount: 1234 } })
  })

  it.each(['COMPLETE', 'CANCELED', 'EXPIRED', 'CREATION_FAILED'])(
    'does not ask about a payment that is %s',
    async (status) => {
      const id = exampleId(3)
      await proxy.open(id, { status })
      proxy.set(id, { payment_iud: 'unknown there', update_last_check_at: null })
      const answer = await update(id)
      expect(answer.status).toBe(200)
      expect(await answer.json()).toEqual({ id, status, settlement: null, checked_at: null })
      expect(factsOf(id)).toEqual([])
    },
  )

  it('has nothing to ask before the debt position is open', async () => {
    const id = exampleId(4)
    await proxy.open(id, { status: 'CREATION_PENDING' })
    expect((await update(id)).status).toBe(409)
  })

  it('writes nothing where the intermediary is down', async () => {
    const id = exampleId(5)
    await proxy.open(id)
    await proxy.sandbox.stop()
    const answer = await update(id)
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('5')
    const { detail } = (await answer.json()) as { detail: string }
    expect(detail).toMatch(/^examplepay gave no answer/)
    expect(factsOf(id)).toEqual([])
  })
})
