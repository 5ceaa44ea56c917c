import { describe, expect, it } from 'vitest'
import { debit, hourMs, nowMs, open } from '#streams/debits/debit-samples'
import type { DebitDecided } from '#schemas/generated/types'
import type { Placed, PlacedRequest } from '#streams/debits/verification/placed'
import { recorded, verified } from '#streams/debits/verification/recording-samples'

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

  it('is decided each time it is sent back, where its first decision is not kept', () => {
    const old = debit('d1', 30, {}, { requested_at: nowMs - 80 * hourMs })
    const twice = recorded([open(100), old, debit('d2', 5), old])
    const [opened, first, second, again] = twice.requests
    const { timestamp } = first!
    const request = { ...old, event_id: first!.request!.event_id }
    const back: PlacedRequest = { partition: 0, offset: 1, timestamp, request }
    const decisions = twice.decisions.map((one, n) => {
      const { value } = placedAt(one, [0, 1, 2, 1][n]!)
      const isAgain = twice.requests[n] === again
      return isAgain ? { ...one, value: { ...value, request_event_id: request.event_id } } : one
    })
    const [, once, , more] = decisions.map(({ value }) => value)
    expect([once, more].map((told) => [told!.is_repeat, told!.decision.reason])).toEqual([
      [false, 'too-old'],
      [false, 'too-old'],
    ])
    expect(once!.decision.before).not.toEqual(more!.decision.before)
    const recording = { ...twice, requests: [opened!, bad, second!], decisions }
    for (const isRedecided of [true, false]) {
      const { kinds } = verified(recording, { isRedecided, letters: [1], sentBack: [back, back] })
      expect(kinds).toEqual({})
    }
    const { kinds } = verified(recording, { letters: [1], sentBack: [back] })
    expect(kinds).toEqual({ 'unasked-decision': 1 })
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

const placedAt = (one: Placed<DebitDecided>, origin_offset: number) => ({
  ...one,
  value: { ...one.value, decision: { ...one.value.decision, origin_offset } },
})
