import { describe, expect, it } from 'vitest'
import { DebitChecker } from '#tests/bench/debits/debit-checker'

const amount = 500

function decided(checker: DebitChecker, id: string, changes = {}): void {
  const decision = { request_id: id, original_id: null, type: 'Debit', amount, ...changes }
  checker.decided({ is_repeat: false, decision })
}

function booked(checker: DebitChecker, request_id: string, sum: number): void {
  const [out, into] = sum < 0 ? ['Debit', 'Credit'] : ['Credit', 'Debit']
  checker.entry({
    request_id,
    postings: [
      { ledger_account: '1.0.0.0.01', nature: into, amount: Math.abs(sum) },
      { ledger_account: '2.0.0.0.01', nature: out, amount: Math.abs(sum) },
    ],
  })
  checker.line({ request_id, amount: sum })
}

function taken(checker: DebitChecker, id = 'a'): void {
  decided(checker, id)
  booked(checker, id, -amount)
}

function givenBack(checker: DebitChecker, id = 'a'): void {
  decided(checker, `late/${id}`, { type: 'Reverse', original_id: id })
  booked(checker, `late/${id}`, amount)
}

const wrong = (
  status: number | undefined,
  ...steps: readonly ((checker: DebitChecker) => void)[]
) => {
  const checker = new DebitChecker()
  for (const step of steps) step(checker)
  return checker.violations([{ id: 'a', status }])
}

describe('a request that was told yes', () => {
  it('was taken once, and is in the books once', () => {
    expect(wrong(200, taken)).toEqual([])
    expect(wrong(200)).toEqual(['a, told 200: not taken'])
    expect(wrong(200, taken, taken)).toEqual(['a, told 200: taken 2 times'])
    expect(wrong(200, (checker) => decided(checker, 'a'))).toEqual([
      'a, told 200: taken 1 times, 0 entries',
    ])
    expect(wrong(200, taken, (checker) => booked(checker, 'a', -amount))).toEqual([
      'a, told 200: taken 1 times, 2 entries',
    ])
  })

  it('is in the books with what was taken', () => {
    const less = (checker: DebitChecker) => {
      decided(checker, 'a')
      booked(checker, 'a', -400)
    }
    expect(wrong(200, less)).toEqual(['a, told 200: 500 taken, entries of -400'])
  })

  it('is on the statement as in the books', () => {
    const twice = (checker: DebitChecker) => checker.line({ request_id: 'a', amount: -amount })
    expect(wrong(200, taken, twice)).toEqual(['a, told 200: taken 1 times, 2 lines'])
  })

  it('is not given back', () => {
    expect(wrong(200, taken, givenBack)).toEqual(['a, told 200: 500 given back by entries'])
  })

  it('is decided once, however often that is told', () => {
    const decision = { request_id: 'a', original_id: null, type: 'Debit', amount }
    const repeated = (checker: DebitChecker) => checker.decided({ is_repeat: true, decision })
    expect(wrong(200, taken, repeated)).toEqual([])
  })
})

describe.each([503, 504, 0, undefined])('a request that was told %s', (status) => {
  it('was never taken, or given back', () => {
    expect(wrong(status)).toEqual([])
    expect(wrong(status, taken, givenBack)).toEqual([])
    expect(wrong(status, (checker) => decided(checker, 'a', { amount: 0 }))).toEqual([])
  })

  it('was not only taken', () => {
    const sentence = `a, told ${status ?? 'nothing'}: 500 taken, 0 given back by entries`
    expect(wrong(status, taken)).toEqual([sentence])
    const unbooked = (checker: DebitChecker) =>
      decided(checker, 'late/a', { type: 'Reverse', original_id: 'a' })
    expect(wrong(status, taken, unbooked)).toEqual([sentence])
  })

  it('was not given back twice', () => {
    const twice = (checker: DebitChecker) => booked(checker, 'late/a', amount)
    const sentence = `a, told ${status ?? 'nothing'}: 500 taken, 1000 given back by entries`
    expect(wrong(status, taken, givenBack, twice)).toEqual([sentence])
  })
})

it('any other answer is one that was not to come', () => {
  expect(wrong(409)).toEqual(['a, told 409: no answer that was to come'])
})
