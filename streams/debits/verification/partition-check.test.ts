import { describe, expect, it } from 'vitest'
import { account_id, debit, open } from '#streams/debits/debit-samples'
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
import type { Placed, PlacedRequest } from '#streams/debits/verification/placed'
import {
  recorded,
  recordedWalk,
  verified,
  without,
} from '#streams/debits/verification/recording-samples'

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

describe('a request that was set aside', () => {
  const bad = { offset: 1, timestamp: 0, request: undefined }
  const aside = recorded([open(100)])
  const moved = { ...aside, requests: [...aside.requests, bad] }

  it('has no decision', () => {
    expect(verified(moved, { letters: [1] }).kinds).toEqual({})
    const { violations } = verified(moved)
    expect(violations.list()[0]!.first[0]).toMatchObject({
      kind: 'undecided-request',
      at: 'debits@0:1',
      what: 'it cannot be read',
    })
  })

  it('is decided when it is sent back, behind others, under its first place', () => {
    // What was asked second is decided third, as if it had come then, but for its place.
    const late = recorded([open(100), debit('d2', 50), debit('d1', 30), debit('d3', 5)])
    const places = [0, 2, 1, 3]
    const decisions = late.decisions.map((one, n) => placedAt(one, places[n]!))
    const entries = late.entries.map((one, n) => originAt(one, places[n]!))
    const lines = late.lines.map((one, n) => originAt(one, places[n]!))
    const [opened, second, third, last] = late.requests
    const requests = [opened!, { ...bad }, { ...second!, offset: 2 }, last!]
    const { timestamp, request } = third!
    const back: PlacedRequest = { partition: 0, offset: 1, timestamp, request: request! }
    const recording = { ...late, requests, decisions, entries, lines }
    for (const isRedecided of [true, false]) {
      const given = { isRedecided, letters: [1], sentBack: [back] }
      const { kinds, check } = verified(recording, given)
      expect({ kinds, ...check.decided.counts }).toEqual({ kinds: {}, decisions: 4, repeats: 0 })
    }
    expect(verified(recording, { letters: [1] }).kinds).toMatchObject({ 'unasked-decision': 1 })
  })

  it('may be sent back while it is verified', () => {
    const late = recorded([open(100), debit('d2', 50), debit('d1', 30)])
    const [opened, second, third] = late.requests
    const { timestamp, request } = third!
    const sentBack = [{ partition: 0, offset: 1, timestamp, request: request! }]
    const ofThird = <Value extends Placed<object>>(one: Value) => originAt(one, 1) as Value
    const recording = {
      ...late,
      requests: [opened!, bad, { ...second!, offset: 2 }],
      decisions: late.decisions.map((one, n) => placedAt(one, [0, 2, 1][n]!)),
      entries: [late.entries[0]!, originAt(late.entries[1]!, 2), ofThird(late.entries[2]!)],
      lines: [late.lines[0]!, originAt(late.lines[1]!, 2), ofThird(late.lines[2]!)],
    }
    const given = { letters: [1], sentBack, upTo: 1, decidedBelow: 3 }
    expect(verified(recording, given).kinds).toEqual({})
  })
})

const originAt = <Value>(
  { offset, value }: { readonly offset: number; readonly value: Value },
  origin_offset: number,
) => ({ offset, value: { ...value, origin_offset } })

const placedAt = (one: (typeof day.decisions)[number], origin_offset: number) => ({
  ...one,
  value: { ...one.value, decision: { ...one.value.decision, origin_offset } },
})

it('meets the request of which the state holds something', () => {
  const awaited = decidedOf('a1').value.request_event_id
  const { origin_offset } = decidedOf('a1').value.decision
  const met = (upTo: number) => verified(day, { upTo, decidedBelow: count, awaited }).check
  expect(met(origin_offset).hasMetAwaited).toBe(false)
  expect(met(origin_offset + 1).hasMetAwaited).toBe(true)
  expect(placeOf('a1')).toMatch(/^debits\.decisions@0:\d+$/)
})
