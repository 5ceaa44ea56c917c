import { describe, expect, it } from 'vitest'
import type { DebitDecided, DebitDecision } from '#schemas/generated/types'
import { debit, eventIdOf, open, reverse } from '#streams/debits/debit-samples'
import { asLate } from '#streams/debits/reverse'
import {
  changed,
  day,
  decidedOf,
  placeOf,
  strangeEventId,
  withMembers,
} from '#streams/debits/verification/day-samples'
import type { Placed } from '#streams/debits/verification/placed'
import { recorded, type Recording, verified } from '#streams/debits/verification/recording-samples'

const altered = { 'altered-repeat': 1 }
const both = [true, false]

const repeatOf = ({ decisions }: Recording, id: string): Placed<DebitDecided> =>
  decisions.find(({ value }) => value.is_repeat && value.decision.request_id === id)!

/** The recording with a repeat that tells something else. */
function retold(recording: Recording, id: string, to: (told: DebitDecision) => DebitDecision) {
  const decisions = changed(recording.decisions, repeatOf(recording, id), (told) => {
    return { ...told, decision: to(told.decision) }
  })
  return { ...recording, decisions }
}

/** The day as it would be had its reversal of a late request named another event. */
const ofAnotherTry = {
  ...day,
  requests: day.requests.map((one) => {
    const { request } = one
    if (request?.type !== 'Reverse' || request.request_id !== 'l1') return one
    const named = { ...request.reverse, late_event_id: strangeEventId }
    return { ...one, request: { ...request, reverse: named } }
  }),
}

describe('a request that comes again', () => {
  it('was late from when on it was undone because it came too late', () => {
    const late = { code: '68', amount: 0, after: decidedOf('d4').value.decision.before }
    expect(repeatOf(day, 'd4').value.decision).toEqual({
      ...decidedOf('d4').value.decision,
      ...late,
      reason: 'late',
    })
    for (const isRedecided of both) expect(verified(day, { isRedecided }).kinds).toEqual({})
  })

  it('was not late where another try of it was told to be', () => {
    const { kinds, violations } = verified(ofAnotherTry, { isRedecided: false })
    expect(kinds).toEqual(altered)
    const { offset } = repeatOf(day, 'd4')
    expect(violations.list()[0]!.first[0]!.at).toBe(`debits.decisions@0:${offset}`)
    expect(verified(ofAnotherTry).kinds).toHaveProperty('altered-repeat')
  })

  it('was not late before it was undone, nor where something else was', () => {
    const before = recorded([
      open(100),
      debit('d1', 30),
      debit('d2', 5),
      debit('d1', 30),
      (eventOf) => reverse('l1', 'd1', { late_event_id: eventOf('d1') }),
      debit('d2', 5),
    ])
    expect(verified(before, { isRedecided: false }).kinds).toEqual({})
    for (const isRedecided of both) {
      expect(verified(retold(before, 'd1', asLate), { isRedecided }).kinds).toEqual(altered)
      expect(verified(retold(before, 'd2', asLate), { isRedecided }).kinds).toEqual(altered)
    }
  })

  it('was not late while a later try of it was told that it was approved', () => {
    const lateOf = (id: string, event: number) =>
      reverse(id, 'd1', { late_event_id: eventIdOf(event) })
    const tries = [open(100), debit('d1', 30), debit('d1', 30), lateOf('l1', 1), debit('d1', 30)]
    const stands = recorded(tries)
    const undone = recorded([...tries, lateOf('l2', 2), lateOf('l4', 4), debit('d1', 30)])
    const lastOf = ({ decisions }: Recording) => decisions.at(-1)!.value.decision
    expect(lastOf(stands)).toMatchObject({ code: '00', amount: 30 })
    expect(lastOf(undone)).toMatchObject({ code: '68', amount: 0 })
    for (const isRedecided of both) {
      for (const recording of [stands, undone]) {
        expect(verified(recording, { isRedecided }).kinds).toEqual({})
      }
      const late = changed(stands.decisions, stands.decisions.at(-1)!, (told) => {
        return { ...told, decision: asLate(told.decision) }
      })
      expect(verified({ ...stands, decisions: late }, { isRedecided }).kinds).toEqual(altered)
    }
  })

  it('was not late where the reversal was declined', () => {
    const declined = withMembers('l1', { code: '12', reason: 'not-reversible' })
    expect(verified(declined, { isRedecided: false }).kinds).toMatchObject(altered)
  })

  it('is not told any more what was decided before it was undone', () => {
    const first = retold(day, 'd4', () => decidedOf('d4').value.decision)
    for (const isRedecided of both) expect(verified(first, { isRedecided }).kinds).toEqual(altered)
  })

  it('is told nothing else than that it was late', () => {
    for (const isRedecided of both) {
      const other = retold(day, 'h5', (told) => ({ ...told, branch: 2 }))
      const { kinds, violations } = verified(other, { isRedecided })
      expect(kinds).toEqual(altered)
      expect(violations.list()[0]!.first[0]!.at).not.toBe(placeOf('h5'))
    }
  })
})
