import { expect, it } from 'vitest'
import { unanswered } from '#tests/bench/debits/open-judge'

const answer = (status: number, tookMs: number, code?: string) => ({
  plannedMs: 0,
  sentMs: 100,
  answeredMs: 100 + tookMs,
  status,
  code,
})

it('a request is answered within three seconds, or told by 68 or 91 that it was not', () => {
  expect(unanswered([answer(200, 2_999), answer(504, 3_040, '68'), answer(503, 2, '91')])).toEqual(
    [],
  )
  const wrong = [
    answer(200, 3_001),
    undefined,
    answer(0, 10),
    answer(504, 3_000),
    answer(503, 3, '96'),
    answer(409, 5, '51'),
  ]
  expect(unanswered(wrong)).toEqual([
    'request 0 was answered 200 after 3001 ms',
    'request 1 was never answered',
    'request 2 was answered 0, code none',
    'request 3 was answered 504, code none',
    'request 4 was answered 503, code 96',
    'request 5 was answered 409, code 51',
  ])
})
