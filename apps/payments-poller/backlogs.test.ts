import { describe, expect, it } from 'vitest'
import {
  all,
  backlogsOf,
  beginMs,
  duePayment,
  exampleId,
} from '#apps/payments-poller/example-payments'

const idsOf = (backlog: { readonly payments: readonly { readonly id: string }[] } | undefined) =>
  backlog?.payments.map(({ id }) => id)

describe('backlogs', () => {
  it('have the nearest deadline first, then those past theirs, then those without one', () => {
    const payments = [
      duePayment(1, { expire_at_ms: null }),
      duePayment(2, { expire_at_ms: beginMs - 1 }),
      duePayment(3, { expire_at_ms: beginMs + 2 }),
      duePayment(4, { expire_at_ms: beginMs + 1 }),
      duePayment(5, { expire_at_ms: beginMs + 1, next_check_at_ms: beginMs - 1 }),
    ]
    expect(idsOf(backlogsOf(payments)[0])).toEqual([5, 4, 3, 2, 1].map(exampleId))
  })

  it('are one for each connector, however many payments another has', () => {
    const many = Array.from({ length: 5_000 }, (_, n) => duePayment(5_000 - n))
    const one = duePayment(6_000, { connector: 'other' })
    const backlogs = backlogsOf([...many, one], beginMs, { ...all, countMax: 3 })
    expect(backlogs.map(({ connector, count }) => [connector, count])).toEqual([
      ['examplepay', 5_000],
      ['other', 1],
    ])
    expect(idsOf(backlogs[0])).toEqual([1, 2, 3].map(exampleId))
  })

  it('say since when the oldest waits, of those that are wanted', () => {
    const payments = [1, 2, 3].map((n) => duePayment(n, { next_check_at_ms: beginMs - n }))
    const dueSince = ({ id, next_check_at_ms }: (typeof payments)[number]) =>
      id === exampleId(3) ? undefined : next_check_at_ms
    expect(backlogsOf(payments, beginMs, { ...all, dueSince })).toMatchObject([
      { count: 2, oldest_ms: beginMs - 2 },
    ])
  })
})
