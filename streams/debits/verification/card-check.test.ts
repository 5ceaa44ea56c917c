import { describe, expect, it } from 'vitest'
import { account_id, addCard, open, sampleCard } from '#streams/debits/debit-samples'
import { CardBooks, type FoundCard } from '#streams/debits/verification/card-check'
import {
  day,
  decidedOf,
  requestPlaceOf,
  strangeEventId,
  withMembers,
} from '#streams/debits/verification/day-samples'
import {
  kindsOf,
  recorded,
  type Recording,
  verified,
} from '#streams/debits/verification/recording-samples'
import { Violations } from '#streams/debits/verification/violations'

type Told = Readonly<Record<string, FoundCard>>
const at = 'debits.cards@0:7'

/** What is wrong with the cards of a recording where this is told of them. */
function found(recording: Recording, told: Told, given?: Parameters<typeof verified>[1]) {
  const violations = new Violations()
  verified(recording, given).cards.compare(new Map(Object.entries(told)), violations)
  return { kinds: kindsOf(violations), violations }
}
const asTold = Object.fromEntries(day.cards)

describe.each([true, false])('the cards of the accounts (decided again: %s)', (isRedecided) => {
  const given = { isRedecided }

  it('are those that were told', () => {
    expect(Object.keys(asTold)).toEqual(['token-2'])
    expect(found(day, asTold, given).kinds).toEqual({})
  })

  it('are each told', () => {
    const { kinds, violations } = found(day, {}, given)
    expect(kinds).toEqual({ 'missing-card': 1 })
    const where = { at: requestPlaceOf('a1'), account_id }
    expect(violations.list()[0]!.first[0]).toMatchObject(where)
  })

  it('are told of the account that was given it, and no others are', () => {
    const elsewhere = { 'token-2': { account_id: 'token-9', at } }
    const { kinds, violations } = found(day, elsewhere, given)
    expect(kinds).toEqual({ 'unasked-card': 1 })
    expect(violations.list()[0]!.first[0]).toMatchObject({ at, account_id: 'token-9' })
    const more = { ...asTold, 'token-3': { account_id, at } }
    expect(found(day, more, given).kinds).toEqual({ 'unasked-card': 1 })
  })

  it('are not those that were asked for and refused', () => {
    const refused = withMembers('a1', { code: '94', reason: 'card-exists' })
    expect(found(refused, asTold, given).kinds).toEqual({ 'unasked-card': 1 })
    expect(found(refused, {}, given).kinds).toEqual({})
  })

  it('may be given while they are looked at', () => {
    const { origin_offset: upTo } = decidedOf('a1').value.decision
    for (const told of [asTold, {}]) {
      const cut = { ...given, upTo, decidedBelow: day.requests.length }
      expect(found(day, told, cut).kinds).toEqual({})
      const unseen = { ...given, upTo, decidedBelow: upTo }
      expect(found(day, told, unseen).kinds).toEqual(told === asTold ? { 'unasked-card': 1 } : {})
    }
  })

  it('may be given by a dead letter that is sent back', () => {
    const { origin_offset } = decidedOf('a1').value.decision
    expect(found(day, asTold, { ...given, letters: [origin_offset] }).kinds).toEqual({})
  })
})

describe('a card', () => {
  it('that opens an account, and is not the account, has to be told', () => {
    const opened = recorded([open(1, { card: sampleCard({ card_id: 'token-2' }) })])
    expect(found(opened, Object.fromEntries(opened.cards)).kinds).toEqual({})
    expect(found(opened, {}).kinds).toEqual({ 'missing-card': 1 })
    expect(found(recorded([open(1)]), {}).kinds).toEqual({})
  })

  it('that two accounts were given draws on either, and on no third', () => {
    const books = new CardBooks()
    const decision = decidedOf('a1').value.decision
    for (const account of ['token-1', 'token-5']) {
      const given = addCard('a1', sampleCard({ card_id: 'token-2' }))
      books.decided({ ...given, account_id: account, event_id: strangeEventId }, decision)
    }
    const told = (account: string) => {
      const violations = new Violations()
      books.compare(new Map([['token-2', { account_id: account, at }]]), violations)
      return kindsOf(violations)
    }
    expect([told('token-1'), told('token-5')]).toEqual([{}, {}])
    expect(told('token-6')).toEqual({ 'unasked-card': 1 })
  })
})
