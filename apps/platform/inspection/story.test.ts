import { describe, expect, it } from 'vitest'
import { bodyLines } from '#apps/platform/inspection/exchange-text'
import { Story, storyLine } from '#apps/platform/inspection/story'
import { newWire } from '#core/wire'
import type { AnyTopic } from '#schemas/topic'
import * as topics from '#schemas/topics'
import { readSample } from '#schemas/samples/sample'

const wire = newWire({ format: 'json' })
const recordOf = (topic: AnyTopic, json: unknown, offset = 0, key = payment.id) => ({
  topic: topic.name,
  partition: 2,
  offset,
  key,
  value: Buffer.from(JSON.stringify(json)),
  timestamp: 1_767_000_000_000 + offset,
  headers: { 'corrente-unit': 'payment-index' },
})
const payment = readSample('payment-creation-pending') as { id: string; remote_id: string }
const application = { ...(readSample('application') as object), id: payment.remote_id }

describe('a story', () => {
  it('begins with an application and learns the payment born from it', () => {
    const story = new Story(payment.remote_id)
    const fact = { payment_id: payment.id, type: 'OnlineOpened' }
    const told = { ...fact, occurred_at: '2025-03-10T09:20:00+01:00', ...envelope }
    expect(story.read(wire, recordOf(topics.paymentFacts, told))).toBeUndefined()
    expect(story.read(wire, recordOf(topics.applications, application, 3))).toMatchObject({
      at: 'applications@2:3',
      what: `application ${payment.remote_id} at 1500 status_payment_pending`,
      by: 'symfony-core:3.20.0',
    })
    expect(story.read(wire, recordOf(topics.paymentFacts, told))).toBeUndefined()
    expect(story.read(wire, recordOf(topics.payments, payment))).toMatchObject({
      at: 'payments@2:0',
      what: 'CREATION_PENDING',
      by: 'payment-dispatcher:1.2.1',
    })
    expect(story.read(wire, recordOf(topics.paymentFacts, told))).toMatchObject({
      what: 'OnlineOpened',
    })
  })

  it('says which payment took the place of a failed one, or why none did', () => {
    const story = new Story(payment.id)
    const about = { payment_id: payment.id, occurred_at: '2025-03-10T09:20:00+01:00', ...envelope }
    const whatOf = (fact: object) =>
      story.read(wire, recordOf(topics.paymentFacts, { ...about, ...fact }))?.what
    const retry_payment_id = 'c0ffee00-1111-4222-8333-444455556666'
    const retry_refused = { code: 'application-told', message: 'too late' }
    expect(whatOf({ type: 'Retried', retried: { retry_payment_id } })).toBe(
      `Retried as ${retry_payment_id}`,
    )
    expect(whatOf({ type: 'RetryRefused', retry_refused })).toBe('RetryRefused: too late')
  })

  it('tells each exchange with the intermediary, from when it began', () => {
    const exchange = {
      payment_id: payment.id,
      connector: 'examplepay',
      direction: 'out',
      method: 'PUT',
      host: 'pay.example',
      path: '/pendencies/1',
      started_at: 1_766_999_999_960,
      ms: 40,
      status: 503,
      error: null,
      request_type: 'application/json',
      request_bytes: 12,
      request_body: { name: 'text of 4' },
      response_type: null,
      response_bytes: 0,
      response_body: null,
      ...envelope,
    }
    const told = (changes: object) =>
      new Story(payment.id).read(
        wire,
        recordOf(topics.paymentExchanges, { ...exchange, ...changes }),
      )
    expect(told({})).toMatchObject({
      timestamp: 1_766_999_999_960,
      what: 'examplepay was asked: PUT pay.example/pendencies/1, answered 503 in 40 ms',
      by: 'payment-proxy:0.1.0',
      exchange: { request_body: '{"name":"text of 4"}' },
    })
    expect(told({ status: null, error: 'ECONNREFUSED' })?.what).toMatch(
      /, no answer \(ECONNREFUSED\) in 40 ms$/,
    )
    expect(told({ direction: 'in', status: 200 })?.what).toMatch(/^examplepay told us: PUT /)
    expect(bodyLines(told({})!.exchange!)).toEqual([
      'asked application/json, 12 bytes: {"name":"text of 4"}',
    ])
  })

  it('says when a payment that is open is checked next', () => {
    const links = (payment as unknown as { links: { update: object } }).links
    const update = { ...links.update, next_check_at: '2025-03-10T10:00:00+01:00' }
    const checked = (status: string) =>
      new Story(payment.id).read(
        wire,
        recordOf(topics.payments, { ...payment, status, links: { ...links, update } }),
      )?.what
    expect(checked('PAYMENT_PENDING')).toBe(
      'PAYMENT_PENDING, next check at 2025-03-10T10:00:00+01:00',
    )
    expect(checked('COMPLETE')).toBe('COMPLETE')
  })

  it('leaves other payments and what cannot be read alone', () => {
    const story = new Story('c1d7b0f4-3a55-4f3e-8b0a-000000000000')
    expect(story.read(wire, recordOf(topics.applications, application))).toBeUndefined()
    expect(story.read(wire, recordOf(topics.payments, payment))).toBeUndefined()
    expect(story.read(wire, recordOf(topics.payments, { id: 1 }))).toBeUndefined()
  })

  it('tells when, where, what and by whom, and nothing personal', () => {
    const story = new Story(payment.id)
    const event = story.read(wire, recordOf(topics.payments, payment, 5))!
    const line = storyLine(event, 1_767_000_000_000)
    expect(line).toMatch(
      /^\+ +5 ms {2}payments@2:5 +CREATION_PENDING {2}\(payment-dispatcher:1\.2\.1, event 2\.0\)$/,
    )
    expect(line).not.toContain('Prova')
  })
})

const envelope = {
  event_id: 'd3f4b7a9-2c1e-4b55-8f60-9e7a1b2c3d04',
  event_version: '1.0',
  event_created_at: '2025-03-10T09:20:00+01:00',
  app_id: 'payment-proxy:0.1.0',
}
