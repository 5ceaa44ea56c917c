import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TransientError } from '#core/errors'
import { formatDateTime } from '#schemas/values/date-time'
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

const update = (id: string) => proxy.call(`/examplepay/update/${id}`)
const secondsAgo = (s: number) => formatDateTime(new Date(Date.now() - s * 1_000))

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
    expect(proxy.factsOf(id)).toEqual([
      { type: 'Checked', payment_id: id, checked: { state: 'pending', ...nothing } },
    ])
  })

  it('tells of money that has come', async () => {
    const id = exampleId(2)
    await proxy.open(id, { cents: 1234 })
    await fetch(`${proxy.sandbox.url}/pay-now/${iudOf(id)}`, { method: 'POST' })
    expect(await (await update(id)).json()).toMatchObject({ settlement: 'settled' })
    const fact = proxy.factsOf(id).find(({ type }) => type === 'Checked')
    expect(fact).toMatchObject({ checked: { state: 'settled', amount: 1234 } })
  })

  it('asks once for all who come at once, and for whoever comes right after', async () => {
    const id = exampleId(6)
    await proxy.open(id)
    const answers = await Promise.all([update(id), update(id), update(id)])
    answers.push(await update(id))
    const bodies = await Promise.all(answers.map((answer) => answer.text()))
    expect(bodies[0]).toContain('"settlement":"pending"')
    expect(new Set(bodies).size).toBe(1)
    expect(proxy.factsOf(id)).toHaveLength(1)
  })

  it.each([2, 25, -25])('asks nobody where the last check was %i s ago', async (seconds) => {
    const id = exampleId(100 + seconds)
    await proxy.open(id)
    const checked_at = secondsAgo(seconds)
    proxy.set(id, { payment_iud: 'unknown there', update_last_check_at: checked_at })
    const answer = await update(id)
    expect(answer.status).toBe(200)
    const status = 'PAYMENT_PENDING'
    expect(await answer.json()).toEqual({ id, status, settlement: null, checked_at })
    expect(proxy.factsOf(id)).toEqual([])
  })

  it.each([31, 60, -3_600])('asks again where the last check was %i s ago', async (seconds) => {
    const id = exampleId(4_000 + seconds)
    await proxy.open(id)
    proxy.set(id, { update_last_check_at: secondsAgo(seconds) })
    expect(await (await update(id)).json()).toMatchObject({ settlement: 'pending' })
    expect(proxy.factsOf(id)).toHaveLength(1)
  })

  it.each([
    { scene: 'is due', next: secondsAgo(1), n: 1 },
    { scene: 'is not due yet', next: secondsAgo(-3_600), n: 2 },
    { scene: 'is told by nobody', next: null, n: 3 },
  ])('asks for whoever comes, where the next check $scene', async ({ next, n }) => {
    const id = exampleId(200 + n)
    await proxy.open(id)
    proxy.set(id, { update_next_check_at: next, update_last_check_at: secondsAgo(60) })
    expect(await (await update(id)).json()).toMatchObject({ settlement: 'pending' })
    expect(proxy.factsOf(id)).toHaveLength(1)
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
      expect(proxy.factsOf(id)).toEqual([])
    },
  )

  describe('while the tables cannot be caught up with', () => {
    it('asks by the row that is there, and waits for no other', async () => {
      const id = exampleId(7)
      const late = await startExampleProxy()
      await late.open(id)
      late.failReading(new TransientError('the table is behind'))
      const answer = await late.call(`/examplepay/update/${id}`)
      expect(await answer.json()).toMatchObject({ settlement: 'pending' })
      await late.stop()
    })

    it('does not take what is not there, or not open yet, for all there is', async () => {
      const id = exampleId(8)
      const late = await startExampleProxy()
      await late.open(id, { status: 'CREATION_PENDING' })
      late.failReading(new TransientError('the table is behind'))
      for (const asked of [id, exampleId(9)]) {
        expect((await late.call(`/examplepay/update/${asked}`)).status).toBe(503)
      }
      await late.stop()
    })
  })

  it('knows no payment that is not there', async () => {
    const answer = await update(exampleId(999))
    expect(answer.status).toBe(404)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
  })

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
    expect(answer.status).toBe(502)
    expect(answer.headers.get('retry-after')).toBe('5')
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    const { detail } = (await answer.json()) as { detail: string }
    expect(detail).toMatch(/^examplepay gave no answer/)
    expect(proxy.factsOf(id)).toEqual([])
  })
})
