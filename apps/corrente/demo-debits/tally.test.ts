import { beforeEach, describe, expect, it } from 'vitest'
import type { Asked } from '#apps/corrente/demo-debits/asked'
import { Tally } from '#apps/corrente/demo-debits/tally'

let tally: Tally
beforeEach(() => {
  tally = new Tally()
  tally.open('account', 'opening', 100_00)
})

type Given = Pick<Asked, 'id' | 'type' | 'amount'> & Partial<Asked>
const approved = (asked: Given, amount = asked.amount ?? 0) =>
  tally.take({ account: 'account', ...asked }, { code: '00', amount })
const answered = (asked: Given, code: string, amount = 0) =>
  tally.take({ account: 'account', ...asked }, { code, amount })
const account = () => {
  const { booked, held } = tally.accounts.get('account')!
  return { booked, held }
}

const debit = { id: 'd', type: 'Debit', amount: 30_00 } as const
const authorise = { id: 'a', type: 'Authorise', amount: 40_00 } as const
const post = { id: 'p', type: 'Post', about: 'a', isFinal: true } as const
const reverse = { id: 'r', type: 'Reverse', about: 'd', amount: null } as const

describe('the tally of what was answered', () => {
  it('begins with what the account was opened with', () => {
    expect(account()).toEqual({ booked: 100_00, held: 0 })
    expect([...tally.accounts.get('account')!.lines]).toEqual([['opening', 100_00]])
  })

  it('books what is taken at once, comes in and comes back', () => {
    approved(debit)
    approved({ id: 'c', type: 'Credit', amount: 7_00 })
    approved({ id: 'f', type: 'Refund', amount: 2_00, about: 'd' })
    expect(account()).toEqual({ booked: 79_00, held: 0 })
    const lines = tally.accounts.get('account')!.lines
    expect([lines.get('d'), lines.get('c'), lines.get('f')]).toEqual([-30_00, 7_00, 2_00])
  })

  it('changes nothing by what is refused', () => {
    for (const code of ['51', '62', '30', '68']) answered({ ...debit, id: code }, code)
    expect(account()).toEqual({ booked: 100_00, held: 0 })
    expect(tally.mistakes).toEqual([])
  })

  it('holds what is authorised and added, and releases by the final post what it leaves', () => {
    approved(authorise)
    approved({ id: 'i', type: 'Increment', amount: 10_00, about: 'a' })
    expect(account()).toEqual({ booked: 100_00, held: 50_00 })
    approved({ ...post, id: 'p1', amount: 20_00, isFinal: false })
    expect(account()).toEqual({ booked: 80_00, held: 30_00 })
    approved({ ...post, amount: 5_00 })
    expect(account()).toEqual({ booked: 75_00, held: 0 })
  })

  it('takes no more from the hold than it has by a post beyond it', () => {
    approved(authorise)
    approved({ ...post, amount: 44_00 })
    expect(account()).toEqual({ booked: 56_00, held: 0 })
  })

  it('releases what is voided or reversed', () => {
    approved(authorise)
    approved({ id: 'r', type: 'Reverse', amount: 15_00, about: 'a' })
    expect(account()).toEqual({ booked: 100_00, held: 25_00 })
    approved({ id: 'v', type: 'Void', amount: null, about: 'a' }, 25_00)
    expect(account()).toEqual({ booked: 100_00, held: 0 })
    expect(tally.mistakes).toEqual([])
  })

  it.each([
    ['was never taken', '00', 40_00],
    ['was taken and given back, which holds nothing again', '00', 28_00],
  ])('releases by a void what is held where a late post %s', (_, code, amount) => {
    approved(authorise)
    answered({ ...post, amount: 12_00, isFinal: false }, '68')
    expect(account()).toEqual({ booked: 100_00, held: 40_00 })
    answered({ id: 'v', type: 'Void', amount: null, about: 'a' }, code, amount)
    expect(account()).toEqual({ booked: 100_00, held: 0 })
    expect(tally.mistakes).toEqual([])
  })

  it('holds nothing where a void finds what a late final post has closed', () => {
    approved(authorise)
    answered({ ...post, amount: 12_00 }, '68')
    answered({ id: 'v', type: 'Void', amount: null, about: 'a' }, '25')
    expect(account()).toEqual({ booked: 100_00, held: 0 })
    expect(tally.mistakes).toEqual([])
  })

  it('gives back a part of a debit, then what still stands of it, then nothing', () => {
    approved(debit)
    approved({ ...reverse, amount: 10_00 })
    approved({ ...reverse, id: 'r2' }, 20_00)
    approved({ ...reverse, id: 'r3' }, 0)
    expect(account()).toEqual({ booked: 100_00, held: 0 })
    expect(tally.mistakes).toEqual([])
  })

  it('adds up', () => {
    tally.open('other', 'opening-2', 0)
    approved(debit)
    approved(authorise)
    approved({ id: 'c', type: 'Credit', amount: 1_00, account: 'other' })
    approved(reverse, 30_00)
    const sums = { opened: 100_00, taken: 30_00, givenBack: 30_00, credited: 1_00 }
    expect(tally.sums()).toEqual({ ...sums, booked: 101_00, held: 40_00 })
  })
})

describe('an answer is a mistake', () => {
  it.each<[string, Given, string, number]>([
    ['approved with another amount', debit, '00', 29_00],
    ['approved in part where that was not allowed', debit, '10', 29_00],
    ['approved in part with all of it', { ...debit, allowsPartial: true }, '10', 30_00],
    ['refused with an amount', debit, '51', 30_00],
    ['posted on an authorisation that is not there', { ...post, amount: 5_00 }, '00', 5_00],
    ['voided of more than is held', { ...post, type: 'Void', amount: null }, '00', 5_00],
    ['reversed more than stands', reverse, '00', 5_00],
    ['on an account that was not opened', { ...debit, account: 'elsewhere' }, '00', 30_00],
  ])('where it is %s', (_, asked, code, amount) => {
    answered(asked, code, amount)
    expect(tally.mistakes.length).toBeGreaterThan(0)
    expect(tally.mistakes[0]).toMatch(new RegExp(`^${asked.type} ${asked.id}: `))
  })

  it('where a hold is posted that a final post has closed', () => {
    approved(authorise)
    approved({ ...post, amount: 40_00 })
    approved({ ...post, id: 'p2', amount: 1_00 })
    expect(tally.mistakes[1]).toBe('Post p2: approved, about nothing that stands')
  })

  it('and no mistake where a part was allowed', () => {
    answered({ ...debit, allowsPartial: true }, '10', 29_00)
    expect(tally.mistakes).toEqual([])
    expect(account()).toEqual({ booked: 71_00, held: 0 })
  })
})
