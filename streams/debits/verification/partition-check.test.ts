import { describe, expect, it } from 'vitest'
import { account_id } from '#streams/debits/debit-samples'
import { asLate } from '#streams/debits/reverse'
import {
  after,
  changed,
  day,
  decidedOf,
  placeOf,
  requestPlaceOf,
  strangeEventId,
  withTold,
} from '#streams/debits/verification/day-samples'
import { recordedWalk, verified, without } from '#streams/debits/verification/recording-samples'

const count = day.requests.length

describe.each([true, false])('a day as it was written (decided again: %s)', (isRedecided) => {
  it('is right', () => {
    const { kinds, check } = verified(day, { isRedecided })
    expect(kinds).toEqual({})
    expect(check.counts).toEqual({ requests: 29, letters: 0 })
    expect(check.decided.counts).toEqual({ decisions: 25, repeats: 3 })
    expect(check.books.counts).toEqual({ entries: 10, lines: 10 })
  })

  it('is right wherever it is cut, while the authoriser goes on', () => {
    for (let upTo = 0; upTo <= count; upTo++) {
      const { kinds, isWaiting } = verified(day, { isRedecided, upTo, decidedBelow: count })
      expect({ kinds, isWaiting }, `up to ${upTo}`).toEqual({ kinds: {}, isWaiting: false })
    }
  })

  it('shows a decision that is missing, and nothing else is out of its place', () => {
    const decisions = without(day.decisions, decidedOf('a1'))
    const { kinds, violations } = verified({ ...day, decisions }, { isRedecided })
    expect(kinds).toEqual({ 'undecided-request': 1 })
    expect(violations.list()[0]!.first).toEqual([
      { kind: 'undecided-request', at: requestPlaceOf('a1'), account_id, what: 'AddCard' },
    ])
  })

  it('shows a second decision of a request, wherever it lies', () => {
    const twice = { ...decidedOf('h2'), offset: 99 }
    for (const place of [decidedOf('h2'), decidedOf('c1'), day.decisions.at(-1)!]) {
      const decisions = after(day.decisions, place, twice)
      const { kinds, violations } = verified({ ...day, decisions }, { isRedecided })
      expect(kinds).toEqual({ 'unasked-decision': 1 })
      expect(violations.list()[0]!.first).toEqual([
        {
          kind: 'unasked-decision',
          at: 'debits.decisions@0:99',
          account_id,
          what: `Authorise of ${requestPlaceOf('h2')}`,
        },
      ])
    }
  })

  it('shows a decision that answers another event', () => {
    const altered = withTold('a1', (told) => ({ ...told, request_event_id: strangeEventId }))
    expect(verified(altered, { isRedecided }).kinds).toEqual({
      'undecided-request': 1,
      'unasked-decision': 1,
    })
  })
})

describe('weeks of requests at random', () => {
  const weeks = recordedWalk(3, 5_000)
  const repeatsThat = (isIt: (code: string) => boolean) =>
    weeks.decisions.filter(({ value }) => value.is_repeat && isIt(value.decision.code))

  it.each([true, false])('are right (decided again: %s)', (isRedecided) => {
    // Weeks in which nothing was undone as late would prove little of it.
    expect(repeatsThat((code) => code === '68').length).toBeGreaterThan(3)
    expect(verified(weeks, { isRedecided }).kinds).toEqual({})
  })

  it('are right only where nothing else is told to be late', () => {
    const approved = repeatsThat((code) => code === '00').slice(0, 8)
    for (const repeat of approved) {
      const decisions = changed(weeks.decisions, repeat, (told) => {
        return { ...told, decision: asLate(told.decision) }
      })
      const { kinds } = verified({ ...weeks, decisions }, { isRedecided: false })
      expect(kinds).toEqual({ 'altered-repeat': 1 })
    }
  })
})

describe('a hold whose time is over', () => {
  it('tells nobody where nothing was left of it', () => {
    const overs = day.requests.filter(({ request }) => request?.type === 'HoldDue')
    expect(overs.map(({ request }) => request!.request_id)).toEqual(['due/h1', 'due/h3'])
    const decided = day.decisions.filter(({ value }) => value.decision.type === 'HoldDue')
    expect(decided.map(({ value }) => value.decision.request_id)).toEqual(['due/h3'])
  })

  it('tells of what was left', () => {
    const decisions = without(day.decisions, decidedOf('due/h3'))
    const kinds = { 'undecided-request': 1 }
    expect(verified({ ...day, decisions }, { isRedecided: false }).kinds).toEqual(kinds)
  })
})

it('meets the request of which the state holds something', () => {
  const awaited = decidedOf('a1').value.request_event_id
  const { origin_offset } = decidedOf('a1').value.decision
  const met = (upTo: number) => verified(day, { upTo, decidedBelow: count, awaited }).check
  expect(met(origin_offset).hasMetAwaited).toBe(false)
  expect(met(origin_offset + 1).hasMetAwaited).toBe(true)
  expect(placeOf('a1')).toMatch(/^debits\.decisions@0:\d+$/)
})
