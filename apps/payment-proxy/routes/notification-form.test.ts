import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  exampleId,
  type ExampleProxy,
  exampleSecrets,
  iudOf,
  startExampleProxy,
} from '#apps/payment-proxy/example-proxy'
import { RejectedError } from '#core/errors'
import { examplepay } from '#connectors/examplepay/index'
import type { IntermediaryConnector, NotificationResult } from '#ports/intermediary'

const inWords = (result: NotificationResult): string =>
  'taken' in result ? `taken ${result.taken}` : `refused ${result.refused.detail}`

const linesIn = (body: string) =>
  Buffer.from(body, 'base64').toString('utf8').split('\n').filter(Boolean)

/** Reports several payments in a message, coded in base64, at a path of its own; wants to be answered in its words. */
const wordy: IntermediaryConnector = {
  ...examplepay,
  notifications: {
    routes: [
      { method: 'put', path: '/receipts/:receipt' },
      { method: 'post', path: '' },
    ],
    namedIn: (body) => linesIn(body),
    answer: (result) => ({
      status: 'taken' in result ? 202 : 500,
      type: 'text/plain; charset=utf-8',
      body: inWords(result),
    }),
  },
  connect: (configuration) => ({
    ...examplepay.connect(configuration),
    readNotification({ headers, body }) {
      const signature = createHmac('sha256', exampleSecrets.notify_secret).update(body)
      if (headers['x-signature'] !== signature.digest('hex')) {
        throw new RejectedError('bad-signature', 'the notification is not signed with our secret')
      }
      return linesIn(body).map((iud) => ({ iud, settlement: { state: 'expired' } }))
    },
  }),
}

let proxy: ExampleProxy
beforeEach(async () => {
  proxy = await startExampleProxy(wordy)
})
afterEach(() => proxy.stop())

const [id, other, unknown] = [exampleId(1), exampleId(2), exampleId(3)] as const

async function notify(ids: readonly string[], { method = 'PUT', at = '/receipts/17' } = {}) {
  const body = Buffer.from(ids.map(iudOf).join('\n')).toString('base64')
  const signature = createHmac('sha256', exampleSecrets.notify_secret).update(body).digest('hex')
  const headers = { 'x-signature': signature }
  const answer = await proxy.call(`/examplepay/notify${at}`, { method, headers, body })
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    body: await answer.text(),
  }
}

const plain = 'text/plain; charset=utf-8'
const notOurs = 'refused examplepay serves no payment of this notification'

describe('the form of a connector’s notifications', () => {
  it('says where they come in, and what payments a body names', async () => {
    await proxy.open(id)
    expect(await notify([id])).toEqual({ status: 202, type: plain, body: 'taken 1' })
    expect(proxy.factsOf(id)).toMatchObject([{ type: 'Checked', checked: { state: 'expired' } }])
  })

  it.each([
    { method: 'POST', at: '', status: 202 },
    { method: 'POST', at: '/receipts/17', status: 405 },
    { method: 'PUT', at: '', status: 405 },
    { method: 'PUT', at: '/other/17', status: 404 },
  ])('serves no other: $method $at is $status', async ({ status, ...at }) => {
    await proxy.open(id)
    expect((await notify([id], at)).status).toBe(status)
  })

  it('takes what is of ours in a message, and has the sender try the rest again', async () => {
    await proxy.open(id)
    await proxy.open(other)
    expect(await notify([id, unknown, other])).toEqual({ status: 500, type: plain, body: notOurs })
    expect(proxy.facts.map(({ payment_id }) => payment_id)).toEqual([id, other])
    const alarms = proxy.logged.filter(({ level }) => level === 'error')
    expect(alarms).toMatchObject([{ fields: { payment_ids: [unknown] } }])
  })

  it.each([
    {
      scene: 'a body that names nothing',
      ids: [],
      words: 'refused the notification names no payment',
    },
    { scene: 'one that is none of ours', ids: [unknown], words: notOurs },
  ])('has $scene refused in its words', async ({ ids, words }) => {
    expect(await notify(ids)).toEqual({ status: 500, type: plain, body: words })
  })

  it('has a body that is too large refused in its words, too', async () => {
    const body = 'x'.repeat(300 * 1024)
    const answer = await proxy.call('/examplepay/notify', { method: 'POST', body })
    expect(answer.headers.get('content-type')).toBe(plain)
    expect(await answer.text()).toBe('refused the body is larger than is taken here')
  })
})
