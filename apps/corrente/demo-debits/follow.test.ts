import { beforeEach, describe, expect, it } from 'vitest'
import type { Day } from '#apps/corrente/demo-debits/day'
import type { Answer, EdgeClient, Sending } from '#apps/corrente/demo-debits/edge-client'
import type { Episode } from '#apps/corrente/demo-debits/episode'
import { follow } from '#apps/corrente/demo-debits/follow'
import { Seconds } from '#apps/corrente/demo-debits/second'
import { Tally } from '#apps/corrente/demo-debits/tally'

let sent: Sending[] = []
let day: Day
/** What an edge answers to the n-th request, from 1. */
let answers: Readonly<Record<number, Partial<Answer>>> = {}

const approved = { amount: '5.00' }
const answerTo = (n: number): Answer => {
  const { code = '00', ...other } = answers[n] ?? {}
  const body = JSON.stringify(code === '00' ? { code, ...approved } : { code })
  return { status: 200, code, body, isRepeated: false, ms: 1, ...other }
}
beforeEach(() => {
  sent = []
  answers = {}
  const client: Pick<EdgeClient, 'send'> = {
    async send(sending) {
      sent.push(sending)
      return answerTo(sent.length)
    },
  }
  day = {
    client: client as EdgeClient,
    holders: [
      { account: 'one', cards: ['card-1', 'card-2'] },
      { account: 'two', cards: ['card-3'], blockedCard: 'card-4' },
    ],
    tally: new Tally(),
    seconds: new Seconds(),
    counts: { requests: 0, answered: 0, approved: 0, repeats: 0, answers: 0 },
    mistakes: [],
    run: 'run',
    unknownCard: 'card-9',
    deadlineMs: 3_000,
    signal: new AbortController().signal,
  }
  day.tally.open('one', 'opening', 100_00)
  day.tally.open('two', 'opening-2', 100_00)
})

const debit = { type: 'Debit', amount: 5_00, allowsPartial: false } as const
const authorise = { ...debit, type: 'Authorise' } as const
const episode = (steps: Episode['steps'], other: Partial<Episode> = {}): Episode => ({
  account: 0,
  card: 'own',
  steps,
  pauseMs: 1,
  ...other,
})
const bookedOn = (account: string) => day.tally.accounts.get(account)?.booked

describe('an episode', () => {
  it('goes on with what it began with, each step under an id of its own', async () => {
    await follow(episode([authorise, { type: 'Post', amount: 5_00, isFinal: true }]), 7, day)
    expect(sent.map(({ id, path }) => [id, path])).toEqual([
      ['run.e7.s0', '/v1/authorisations'],
      ['run.e7.s1', '/v1/authorisations/run.e7.s0/post'],
    ])
    expect(bookedOn('one')).toBe(95_00)
    expect(day.counts).toEqual({ requests: 2, answered: 2, approved: 2, repeats: 0, answers: 2 })
    expect([...day.mistakes, ...day.tally.mistakes]).toEqual([])
  })

  it('takes each of the cards of an account', async () => {
    for (const place of [0, 1]) await follow(episode([debit]), place, day)
    expect(sent.map(({ body }) => body)).toMatchObject([
      { card_number: 'card-1' },
      { card_number: 'card-2' },
    ])
  })

  it('goes no further where it was refused at its beginning, but for its repeat', async () => {
    answers = { 1: { code: '51' }, 2: { code: '51', isRepeated: true } }
    await follow(episode([debit, { type: 'Reverse', amount: null }, { type: 'Repeat' }]), 0, day)
    expect(sent.map(({ id }) => id)).toEqual(['run.e0.s0', 'run.e0.s0'])
    expect(day.counts.repeats).toBe(1)
    expect(bookedOn('one')).toBe(100_00)
  })

  it('ends where it came too late', async () => {
    answers = { 1: { code: '68' } }
    await follow(episode([debit, { type: 'Repeat' }]), 0, day)
    expect(sent).toHaveLength(1)
    expect(bookedOn('one')).toBe(100_00)
    expect(day.mistakes).toEqual([])
  })
})

describe('a post that came too late', () => {
  it('is followed by a void, which releases what is held, whatever that is', async () => {
    answers = { 2: { code: '68' }, 3: { body: '{"code":"00","amount":"2.00"}' } }
    await follow(
      episode([authorise, { type: 'Post', amount: 3_00, isFinal: false }, debit]),
      1,
      day,
    )
    expect(sent.map(({ id, path }) => [id, path]).slice(1)).toEqual([
      ['run.e1.s1', '/v1/authorisations/run.e1.s0/post'],
      ['run.e1.late', '/v1/authorisations/run.e1.s0/void'],
    ])
    expect(day.tally.accounts.get('one')).toMatchObject({ booked: 100_00, held: 0 })
    expect(day.tally.mistakes).toEqual([])
  })
})

describe('a repeat', () => {
  const repeated = () => follow(episode([debit, { type: 'Repeat' }]), 0, day)

  it('is the same request, and the same answer, booked once', async () => {
    answers = { 2: { isRepeated: true } }
    await repeated()
    expect(sent[1]).toEqual(sent[0])
    expect(day.counts.repeats).toBe(1)
    expect(bookedOn('one')).toBe(95_00)
    expect(day.mistakes).toEqual([])
  })

  it.each<[string, Partial<Answer>]>([
    ['by a space', { isRepeated: true, body: '{"code":"00", "amount":"5.00"}' }],
    ['by its status', { isRepeated: true, status: 201 }],
    ['as it does not say that it is one', { isRepeated: false }],
  ])('is a mistake where the answer is another one %s', async (_, second) => {
    answers = { 2: second }
    await repeated()
    expect(day.mistakes).toEqual(['run.e0.s0: another answer when repeated'])
    expect(day.counts.repeats).toBe(0)
  })
})

describe('the id of another request', () => {
  const reused = () => follow(episode([debit, { type: 'ReusedId', amount: 5_01 }]), 0, day)

  it('is refused', async () => {
    answers = { 2: { code: '30' } }
    await reused()
    expect(sent[1]).toEqual({ ...sent[0], body: { ...sent[0]?.body, amount: '5.01' } })
    expect(day.mistakes).toEqual([])
  })

  it('is a mistake where it is not', async () => {
    await reused()
    expect(day.mistakes).toEqual(['run.e0.s0: 00 for another amount under its id'])
  })
})

describe('a card that cannot be used', () => {
  it.each([
    ['blocked', 'card-4', '62'],
    ['unknown', 'card-9', '14'],
  ] as const)('%s, is refused', async (card, card_number, code) => {
    answers = { 1: { code } }
    await follow(episode([debit], { card }), 0, day)
    expect(sent[0]?.body).toMatchObject({ card_number })
    expect([...day.mistakes, ...day.tally.mistakes]).toEqual([])
  })

  it('is a mistake where it is not', async () => {
    await follow(episode([debit], { card: 'blocked' }), 0, day)
    expect(day.mistakes).toEqual(['Debit run.e0.s0: 00 where it is 62'])
  })
})
