import { describe, expect, it } from 'vitest'
import { account_id, nowMs } from '#streams/debits/debit-samples'
import { day, decidedOf } from '#streams/debits/verification/day-samples'
import {
  kindsOf,
  recordedWalk,
  type Recording,
  verified,
  without,
} from '#streams/debits/verification/recording-samples'
import { compareTimers, type FoundTimer } from '#streams/debits/verification/timer-check'
import { Violations } from '#streams/debits/verification/violations'

const at = (key: string) => `row ${key}`

/** What is wrong with the timers of a recording, beside the holds that come of deciding its requests. */
function found(recording: Recording, given?: Parameters<typeof verified>[1]) {
  const { rows, check } = verified(recording, given)
  const violations = new Violations()
  const { unsettled } = check
  compareTimers(rows.range({}), recording.timers, { unsettled, at, violations })
  return { kinds: kindsOf(violations), violations }
}
const armed = (hold: string): FoundTimer => day.timers.find(({ hold_id }) => hold_id === hold)!
const withTimers = (timers: readonly FoundTimer[]): Recording => ({ ...day, timers })
const count = day.requests.length

describe('the timers of holds', () => {
  it('are armed for each that is kept, also where it has ended, and for no other', () => {
    expect(day.timers.map(({ hold_id }) => hold_id)).toEqual(['h2', 'h4', 'h5'])
    expect(found(day).kinds).toEqual({})
  })

  it('are right wherever holds and timers are cut, while the authoriser goes on', () => {
    for (let upTo = 0; upTo <= count; upTo++) {
      expect(found(day, { upTo, decidedBelow: count }).kinds, `up to ${upTo}`).toEqual({})
    }
  })

  it('are right over weeks of requests at random', () => {
    const weeks = recordedWalk(5, 3_000)
    expect(weeks.timers.length).toBeGreaterThan(50)
    expect(found(weeks).kinds).toEqual({})
    const upTo = 2_000
    expect(found(weeks, { upTo, decidedBelow: weeks.requests.length }).kinds).toEqual({})
  })

  it('are missing where none is armed', () => {
    const { kinds, violations } = found(withTimers(without(day.timers, armed('h4'))))
    expect(kinds).toEqual({ 'missing-timer': 1 })
    const where = { at: 'row h/token-1/h4', account_id }
    expect(violations.list()[0]!.first[0]).toMatchObject(where)
  })

  it('are missing where one is armed for another time', () => {
    const timers = [...without(day.timers, armed('h4')), { ...armed('h4'), due_at: nowMs }]
    const { kinds, violations } = found(withTimers(timers))
    expect(kinds).toEqual({ 'missing-timer': 1, 'unasked-timer': 1 })
    expect(violations.list()[1]!.first[0]).toMatchObject({ at: armed('h4').at, account_id })
  })

  it('are too many where one is armed for no hold, or twice', () => {
    const none = { ...armed('h4'), hold_id: 'h9' }
    expect(found(withTimers([...day.timers, none])).kinds).toEqual({ 'unasked-timer': 1 })
    const twice = withTimers([...day.timers, armed('h4')])
    expect(found(twice).kinds).toEqual({ 'unasked-timer': 1 })
    const gone = { ...armed('h4'), hold_id: 'h1' }
    expect(found(withTimers([...day.timers, gone])).kinds).toEqual({ 'unasked-timer': 1 })
  })

  it('are not excused by a request that came again', () => {
    const { origin_offset } = decidedOf('h4').value.decision
    const again = { ...day.requests[origin_offset]!, offset: count }
    const recording = {
      ...withTimers(without(day.timers, armed('h4'))),
      requests: [...day.requests, again],
    }
    const cut = { upTo: count, decidedBelow: count + 1 }
    expect(found(recording, cut).kinds).toEqual({ 'missing-timer': 1 })
  })

  it('may have come while the request of it is a dead letter', () => {
    const due = day.requests.findIndex(({ request }) => request?.request_id === 'due/h1')
    expect(found(day, { letters: [due] }).kinds).toEqual({})
  })
})
