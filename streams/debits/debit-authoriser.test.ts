import { describe, expect, it } from 'vitest'
import { drive, now } from '#core/drive'
import { stamped } from '#core/envelope'
import { to } from '#core/processor'
import { codecOf } from '#schemas/codec'
import type { AnyTopic } from '#schemas/topic'
import * as topics from '#schemas/topics'
import {
  accountRow,
  decision,
  entry,
  line,
  out,
  request_event_id,
  requestRow,
  taken,
  told,
} from '#streams/debits/authoriser-samples'
import { debitAuthoriserWith } from '#streams/debits/debit-authoriser'
import { Authoriser } from '#streams/debits/debit-drive'
import {
  account_id,
  addCard,
  authorise,
  debit,
  nowMs,
  open,
  post,
  reverse,
  sampleCard,
} from '#streams/debits/debit-samples'
import { usualSettings } from '#streams/debits/known'
import { Walk } from '#streams/debits/walk-samples'

const allTopics: readonly AnyTopic[] = Object.values(topics)
const stamp = { eventId: request_event_id, createdAt: now, appId: 'debit-authoriser:0.1.0' }
const authoriser = drive(debitAuthoriserWith(usualSettings))

describe('debit-authoriser', () => {
  it('writes what it decided, both sides of the entry, the line of the statement, and what it keeps', () => {
    const request = debit('d1', 30, { text: 'bread' })
    const { fingerprint } = request
    authoriser
      .given(accountRow({}))
      .when(request)
      .then(
        told(taken),
        entry({ postings: out(30) }),
        line(taken, 2, 'bread'),
        accountRow({ debits: 30, sequence: 2 }),
        requestRow(taken, { fingerprint }),
      )
  })

  it('books nothing where it declines, and keeps that it did', () => {
    const request = debit('d1', 130)
    const { fingerprint } = request
    const refusal = { code: '51', reason: 'insufficient-funds', asked: 130, amount: 0 }
    const declined = decision(refusal)
    authoriser
      .given(accountRow({}))
      .when(request)
      .then(told(declined), requestRow(declined, { fingerprint }))
  })

  it('answers a request that it knows with its first decision, and writes no more than that', () => {
    const request = debit('d1', 30)
    const { fingerprint } = request
    authoriser
      .given(accountRow({ debits: 30 }), requestRow(taken, { fingerprint }))
      .when(request, { at: new Date(nowMs + 1_000) })
      .then(told(taken, true))
  })

  it('opens an account, and names the card it has to be looked up by', () => {
    const card = sampleCard({ card_id: 'token-2' })
    const request = open(0, { card })
    const opened = decision({
      request_id: 'open',
      type: 'OpenAccount',
      asked: 0,
      amount: 0,
      before: { posted: 0, held: 0 },
      after: { posted: 0, held: 0 },
      card_id: 'token-2',
    })
    authoriser
      .when(request)
      .then(
        told(opened),
        to(topics.debitCards, { card_id: 'token-2', account_id }),
        accountRow({ credits: 0, sequence: 0, cards: [card] }),
        requestRow(opened, { fingerprint: request.fingerprint }),
      )
  })

  it('sets aside what has an id that can be no part of a key', () => {
    const long = 'x'.repeat(256)
    const requests = [
      debit('', 30),
      debit(long, 30),
      debit('d1', 30, {}, { account_id: long }),
      debit('d1', 30, {}, { account_id: 'a/b' }),
      post('p1', long, 30),
      reverse('r1', long),
    ]
    for (const request of requests) authoriser.when(request).thenSetsAside('unusable-id')
    const longest = authorise('x'.repeat(255), 30)
    const { wakes = [] } = authoriser.given(accountRow({})).when(longest).outcome
    expect(wakes).toHaveLength(1)
    expect(authoriser.when(wakes[0]?.value as never, { at: now }).outcome.cause).toBeUndefined()
  })

  it('adds a card in the order in which cards came', () => {
    const second = sampleCard({ card_id: 'token-2' })
    const { emissions } = authoriser.given(accountRow({})).when(addCard('a1', second)).outcome
    expect(emissions[2]).toEqual(accountRow({ cards: [sampleCard(), second] }))
  })

  it('writes values that their topics take, whatever they say', () => {
    const account = new Authoriser()
    const walk = new Walk(7)
    for (let step = 0; step < 500; step++) {
      const answer = account.when(...walk.next())
      walk.heard(answer)
      for (const { topic: name, value } of answer.outcome.emissions) {
        const topic = allTopics.find((one) => one.name === name)!
        const codec = codecOf(topic.schema)
        if (value === null) continue
        const event = stamped(topic, value, stamp)
        expect(codec.decode(codec.encode(event as never))).toEqual(event)
      }
    }
  })
})
