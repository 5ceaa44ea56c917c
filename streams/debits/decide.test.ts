import { describe, expect, it } from 'vitest'
import { Authoriser, given } from '#streams/debits/debit-drive'
import {
  authorise,
  changeStatus,
  credit,
  dayMs,
  debit,
  hourMs,
  keptAccount,
  keptHold,
  nowMs,
  open,
  reverse,
  voidHold,
} from '#streams/debits/debit-samples'
import { decide } from '#streams/debits/decide'
import { usualSettings } from '#streams/debits/known'

const minuteMs = 60_000
const { event_id: eventId } = debit('any', 1)
const moment = { eventId, nowMs, partition: 0, offset: 0, settings: usualSettings }
const made = (requested_at: number) => ({ requested_at })

describe('a request that comes again', () => {
  it('gets its first decision, byte for byte, and changes nothing', () => {
    const account = given(open(100))
    for (const request of [debit('d1', 30), debit('d2', 300), authorise('h1', 10)]) {
      const first = account.when(request)
      account.when(credit(`after ${request.request_id}`, 1_000))
      const again = account.when(request, nowMs + 5 * minuteMs)
      expect(again.decided).toEqual({ ...first.decided, is_repeat: true })
      expect(first.decided.is_repeat).toBe(false)
      expect(JSON.stringify(again.decision)).toBe(JSON.stringify(first.decision))
      expect(again.outcome.emissions).toHaveLength(1)
      expect(again.outcome.wakes).toEqual([])
    }
  })

  it('gets it whatever became of the account since', () => {
    const request = debit('d1', 100)
    const account = given(open(100), request, changeStatus('s1', { account_status: 'Closed' }))
    account.when(request).then('approved', { amount: 100, posted: 0 })
  })

  it('gets it after its deadline, and a refusal for the deadline again, too', () => {
    const account = given(open(100))
    const inTime = debit('d1', 30, {}, { deadline_at: nowMs })
    account.when(inTime).then('approved', { amount: 30, posted: 70 })
    account.when(inTime, nowMs + 1).then('approved', { amount: 30, posted: 70 })
    const late = debit('d2', 30, {}, { deadline_at: nowMs - 1 })
    account.when(late).then('late', { posted: 70 })
    const withoutHurry = { ...late, deadline_at: 0 }
    account.when(withoutHurry).then('late', { posted: 70 })
  })

  it('is known in the next bucket of ids, and until its window ends', () => {
    const request = debit('d1', 30)
    for (let hours = 1; hours <= 72; hours++) {
      const answer = given(open(100), request).when(request, nowMs + hours * hourMs)
      expect(answer.decided.is_repeat, `${hours} hours later`).toBe(true)
    }
  })

  it('is known where the clock was set back across two buckets meanwhile', () => {
    // The instants around which one bucket ends and the next begins are not this test's to know.
    for (let minutes = 0; minutes < 73 * 60; minutes += 2) {
      const atMs = nowMs + minutes * minuteMs
      const account = new Authoriser()
      account.when(debit('d1', 30, {}, made(atMs)), atMs)
      const again = account.when(debit('d1', 30, {}, made(atMs)), atMs - 5 * minuteMs)
      expect(again.decided.is_repeat, `${minutes} minutes later`).toBe(true)
    }
  })

  it('with another body is refused, and leaves the first as it was', () => {
    const account = given(open(100), debit('d1', 30))
    account.when(debit('d1', 31)).then('id-reused', { posted: 70 })
    account.when(credit('d1', 30)).then('id-reused', { posted: 70 })
    const again = account.when(debit('d1', 30))
    again.then('approved', { amount: 30, posted: 70 })
    expect(again.decided.is_repeat).toBe(true)
  })

  it('is another request on another account', () => {
    const other = { account_id: 'token-7' }
    const account = given(open(100), debit('d1', 30), open(50, {}, other))
    account
      .when(debit('d1', 20, { card_id: null }, other))
      .then('approved', { amount: 20, posted: 30 })
  })
})

describe('a request from out of the window', () => {
  const atMs = nowMs + 72 * hourMs

  it('is refused when it is older, known or not: an id may be forgotten then', () => {
    const account = given(open(100), debit('d1', 30))
    for (const id of ['d1', 'd2'])
      account.when(debit(id, 30), atMs + 1).then('too-old', { posted: 70 })
    account.when(debit('d1', 30), atMs).then('approved', { amount: 30, posted: 70 })
    account.when(debit('d2', 30), atMs).then('approved', { amount: 30, posted: 40 })
  })

  it('is refused when it is ahead by more than clocks may differ, and taken when its time comes', () => {
    const account = given(open(100))
    const request = debit('d1', 30, {}, made(nowMs + 5 * minuteMs + 1))
    account.when(request).then('requested-ahead', { posted: 100 })
    account.when(request, nowMs + 1).then('approved', { amount: 30, posted: 70 })
  })

  it('has the window that the installation has chosen', () => {
    const account = new Authoriser({ idWindowMs: dayMs })
    account.when(open(100))
    account.when(debit('d1', 30), nowMs + dayMs + 1).then('too-old', { posted: 100 })
    account.when(debit('d1', 30), nowMs + dayMs).then('approved', { amount: 30, posted: 70 })
  })
})

describe('a deadline', () => {
  it('is kept: nothing is taken after it', () => {
    const account = given(open(100))
    const until = (deadline_at: number) => ({ deadline_at })
    account.when(debit('d1', 30, {}, until(nowMs - 1))).then('late', { posted: 100 })
    account.when(debit('d2', 30, {}, until(nowMs))).then('approved', { amount: 30, posted: 70 })
    account.when(reverse('r1', 'd1')).then('approved', { posted: 70 })
  })
})

describe('a decision', () => {
  const known = {
    account: keptAccount({ credits: 10 }),
    request: undefined,
    hold: undefined,
    original: undefined,
  }

  it('says when and where it was made, and changes nothing it was given', () => {
    const before = JSON.stringify(known)
    const { decision } = decide(known, debit('d1', 4), { ...moment, partition: 3, offset: 41 })
    const place = { decided_at: nowMs, origin_partition: 3, origin_offset: 41 }
    expect(decision).toMatchObject({ reason: 'approved', ...place })
    expect(JSON.stringify(known)).toBe(before)
  })

  it('is none where less than nothing would be left: that is a mistake of ours', () => {
    const hold = keptHold({ left: 5 })
    const request = voidHold('v1', hold.hold_id)
    const open = { ...known, hold }
    expect(() => decide(open, request, moment)).toThrow('would leave 15 available, -5 held')
  })
})
