import { beforeEach, describe, expect, it } from 'vitest'
import type { Day } from '#apps/corrente/demo-debits/day'
import type { Answer, Sending } from '#apps/corrente/demo-debits/edge-client'
import { randomOf } from '#apps/corrente/random'
import { runDay } from '#apps/corrente/demo-debits/run-day'
import type { Second } from '#apps/corrente/demo-debits/second'
import { Seconds } from '#apps/corrente/demo-debits/second'
import { Tally } from '#apps/corrente/demo-debits/tally'

let sent: Sending[] = []
let told: (readonly [hour: number, second: Second])[] = []
beforeEach(() => {
  sent = []
  told = []
})

/** A day on which nothing is bought: every card is empty. */
const dayWith = (signal: AbortSignal, answerAfterMs = 0): Day => ({
  client: {
    async send(sending: Sending): Promise<Answer> {
      sent.push(sending)
      await new Promise((resolve) => setTimeout(resolve, answerAfterMs))
      return { status: 409, code: '51', body: '{"code":"51"}', isRepeated: true, ms: 1 }
    },
  } as unknown as Day['client'],
  holders: [{ account: 'one', cards: ['card-1'], blockedCard: 'card-2' }],
  tally: new Tally(),
  seconds: new Seconds(),
  counts: { requests: 0, answered: 0, approved: 0, repeats: 0, answers: 0 },
  mistakes: [],
  run: 'run',
  unknownCard: 'card-9',
  deadlineMs: 3_000,
  signal,
})
const plan = (seed: number) => ({
  seconds: 1,
  perSecond: 60,
  random: randomOf(seed),
  onSecond: (hour: number, second: Second) => void told.push([hour, second]),
})
const firsts = () => sent.filter(({ id }) => id.endsWith('.s0')).map(({ body }) => body)

describe('a day', () => {
  it('is over once every customer has an answer, and the last line is of midnight', async () => {
    const day = dayWith(new AbortController().signal, 300)
    await runDay(day, plan(5))
    expect(sent.length).toBeGreaterThan(20)
    expect(day.counts.answered).toBe(sent.length)
    expect(told.at(-1)?.[0]).toBe(24)
    expect(told.reduce((sum, [, { answers }]) => sum + answers, 0)).toBe(sent.length)
  })

  it('has the same customers for the same seed', async () => {
    await runDay(dayWith(new AbortController().signal), plan(5))
    const before = firsts()
    sent = []
    await runDay(dayWith(new AbortController().signal), plan(5))
    expect(new Set(firsts().map((body) => JSON.stringify(body)))).toEqual(
      new Set(before.map((body) => JSON.stringify(body))),
    )
  })

  it('ends where it is interrupted', async () => {
    const day = dayWith(AbortSignal.timeout(200))
    await expect(runDay(day, plan(5))).rejects.toThrow()
    expect(told.every(([hour]) => hour < 24)).toBe(true)
  })
})
