import { describe, expect, it } from 'vitest'
import type { DebitDecision } from '#schemas/generated/types'
import { account_id, nowMs } from '#streams/debits/debit-samples'
import {
  changed,
  day,
  decidedOf,
  placeOf,
  withMembers,
  withTold,
} from '#streams/debits/verification/day-samples'
import { type Recording, verified } from '#streams/debits/verification/recording-samples'

/** What the books alone show, nothing being decided again. */
const kindsOf = (recording: Recording) =>
  Object.keys(verified(recording, { isRedecided: false }).kinds).sort()

describe('a decision that was altered', () => {
  type Case = [what: string, id: string, changes: Partial<DebitDecision>, kinds: string[]]
  it.each<Case>([
    [
      'finds what the last one did not leave',
      'h2',
      { before: { posted: 746, held: 0 }, after: { posted: 746, held: 40 } },
      ['broken-chain'],
    ],
    [
      'leaves what does not follow from its amount',
      's1',
      { after: { posted: 1_000, held: 66 } },
      ['broken-chain', 'missing-entry', 'missing-line', 'wrong-effect'],
    ],
    [
      'holds more than its holds add up to',
      'h2',
      { before: { posted: 745, held: 9 }, after: { posted: 745, held: 49 } },
      ['broken-chain', 'wrong-hold'],
    ],
    [
      'releases another part of a hold than what is left',
      'o1',
      { amount: 39, after: { posted: 745, held: 1 } },
      ['broken-chain', 'wrong-hold'],
    ],
    ['is in another currency', 'h2', { currency: 'USD' }, ['broken-chain']],
    ['is of another amount', 'h2', { amount: 39, asked: 39 }, ['wrong-effect', 'wrong-hold']],
    ['says yes to less than was asked for', 'h2', { asked: 41 }, ['wrong-reason']],
    ['says yes in part to all', 'd3', { asked: 679 }, ['wrong-reason']],
    ['has the code of another reason', 'd2', { code: '05' }, ['wrong-reason']],
    ['refuses, and names an amount', 'd2', { amount: 1 }, ['wrong-reason']],
    ['does no type that is known', 'h2', { type: 'Hold' }, ['mistaken-decision', 'wrong-effect']],
    ['tells of another hold', 'o1', { hold_id: 'h9' }, ['wrong-hold']],
    ['leaves another part of a hold', 'v2', { hold_left: 7 }, ['wrong-hold']],
    ['tells of another request', 'o1', { request_id: 'o2' }, ['mistaken-decision']],
    ['tells of another time', 'o1', { decided_at: nowMs + 1 }, ['mistaken-decision']],
    ['tells of another place', 'o1', { origin_offset: 4 }, ['mistaken-decision']],
  ])('%s', (_, id, changes, kinds) => {
    expect(kindsOf(withMembers(id, changes))).toEqual(expect.arrayContaining(kinds))
  })

  it('is named with its place and account, and what is wrong with it', () => {
    const before = { posted: 746, held: 0 }
    const altered = withMembers('h2', { before, after: { posted: 746, held: 40 } })
    const [found] = verified(altered, { isRedecided: false }).violations.list()
    expect(found).toEqual({
      kind: 'broken-chain',
      meaning: 'what a decision finds on the account is not what the last one left there',
      // The next one finds what was there before.
      count: 2,
      first: [
        {
          kind: 'broken-chain',
          at: placeOf('h2'),
          account_id,
          what: 'posted 746 and held 0 before it, and 745 and 0 after the last one',
        },
        expect.objectContaining({ at: placeOf('o1') }),
      ],
    })
  })

  it('overdraws the account, though every step follows', () => {
    const { before } = decidedOf('d2').value.decision
    const approved = { code: '00', reason: 'approved', amount: 5_000 }
    const after = { ...before, posted: before.posted - 5_000 }
    const { kinds } = verified(withMembers('d2', { ...approved, after }), { isRedecided: false })
    expect(kinds).toMatchObject({ 'overdrawn-account': 1 })
    expect(kinds).not.toHaveProperty('wrong-effect')
    expect(kinds).not.toHaveProperty('wrong-reason')
  })

  it('opens an account twice, or does something on one that was never opened', () => {
    expect(kindsOf(withMembers('open', { type: 'Credit' }))).toContain('wrong-effect')
    expect(kindsOf(withMembers('c1', { type: 'OpenAccount' }))).toContain('wrong-effect')
  })

  it('tells a repeat that is not what was told first', () => {
    const repeat = day.decisions.find(({ value }) => value.is_repeat)!
    const decisions = changed(day.decisions, repeat, (told) => {
      return { ...told, decision: { ...told.decision, branch: 2 } }
    })
    const kinds = { 'altered-repeat': 1 }
    expect(verified({ ...day, decisions }, { isRedecided: false }).kinds).toEqual(kinds)
    expect(verified({ ...day, decisions }, { isRedecided: true }).kinds).toEqual(kinds)
  })
})

describe('a decision that is right in itself', () => {
  it('is found by deciding its request again', () => {
    // Refused for another reason that there is.
    const altered = withMembers('d2', { reason: 'account-blocked', code: '05' })
    expect(kindsOf(altered)).toEqual([])
    const { violations, kinds } = verified(altered)
    expect(kinds).toEqual({ 'other-decision': 1 })
    expect(violations.list()[0]!.first).toEqual([
      {
        kind: 'other-decision',
        at: placeOf('d2'),
        account_id,
        what: 'decided again: decision.code 05 for 51, decision.reason account-blocked for insufficient-funds',
      },
    ])
  })

  it('is found where it is told as a repeat, and was none', () => {
    const altered = withTold('h2', (told) => ({ ...told, is_repeat: true }))
    expect(kindsOf(altered)).toContain('altered-repeat')
    expect(Object.keys(verified(altered).kinds)).toContain('other-decision')
  })

  it('is found where no request could come to it', () => {
    const [first, ...requests] = day.requests
    const unusable = { ...first!, request: { ...first!.request!, request_id: '' } }
    const decided = withMembers('open', { request_id: '' })
    const { violations } = verified({ ...decided, requests: [unusable, ...requests] })
    const other = violations.list().find(({ kind }) => kind === 'other-decision')!
    expect(other.first[0]!.what).toBe('decided again it is set aside: unusable-id')
  })

  it('tells of nobody but its account', () => {
    const told = verified(withMembers('h2', { card_display: '999988******0002', number: 4712 }))
    const [{ first } = { first: [] }] = told.violations.list()
    expect(first[0]!.what).toBe('decided again: decision.card_display, decision.number')
  })
})
