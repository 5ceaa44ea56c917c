import { beforeEach, describe, expect, it } from 'vitest'
import { beganMs, PlayedDebits, told } from '#tests/soak/debits/example-run'
import { edgeKill } from '#tests/soak/debits/judge'

const { late, unowned, broken, declined, reused } = told

let played: PlayedDebits
beforeEach(() => {
  played = new PlayedDebits()
})

describe('a run in which every promise was kept', () => {
  it('is judged so', () => {
    played.approved('Debit', 'a', 2_500)
    played.approved('Credit', 'b', 100)
    played.approved('Authorise', 'c', 700)
    played.wish('Debit', 'd').tries.push(declined, declined)
    expect(played.judged()).toEqual([])
  })

  it('has debits that were told to be late and given back, or never came', () => {
    played.wish('Debit', 'a').tries.push(late, late)
    played.decide('a', { booked: -300 })
    played.decide('late/1', { booked: 300, type: 'Reverse', original_id: 'a' })
    played.wish('Debit', 'b').tries.push(late)
    played.wish('Debit', 'c').tries.push(unowned)
    expect(played.judged()).toEqual([])
  })

  it('has credits of which nobody was told, and debits that a later try was told of', () => {
    played.wish('Credit', 'a').tries.push(late)
    played.decide('a', { booked: 50 })
    const debit = played.approved('Debit', 'b', 10)
    debit.tries.unshift(unowned)
    debit.tries.push(debit.tries[1]!)
    debit.others.push(reused)
    expect(played.judged()).toEqual([])
  })
})

describe('the run', () => {
  it('shows an entry that does not add up to zero, and what its currency comes to', () => {
    played.approved('Debit', 'a', 100)
    const { postings } = played.last('ledger.entries') as { postings: { amount: number }[] }
    postings[1]!.amount = 99
    expect(played.judged()).toEqual([
      'entry of a: 100 debited, 99 credited',
      'entries in BRL add up to 1',
    ])
  })

  it('shows a dead letter', () => {
    played.records.push({ topic: 'debit-authoriser.dlq', value: {} })
    expect(played.judged()).toEqual([`a dead letter: debit-authoriser.dlq@0:3`])
  })

  it('shows an answer that was waited for too long', () => {
    played.wish('Debit', 'a').tries.push({ ...declined, tookMs: 4_001 })
    expect(played.judged()).toEqual(['a waited 4001 ms for its answer'])
  })

  it('shows a try without an answer, but where the edge was killed', () => {
    played.wish('Debit', 'a').tries.push(broken)
    const strikeOf = (atMs: number, what = edgeKill) => ({ what, atMs, untilMs: atMs + 1_000 })
    const judged = (...strike: Parameters<typeof strikeOf>) =>
      played.judged({ strikes: [strikeOf(...strike)] })
    const wrong = 'a was not answered while the edge was there: fetch failed: ECONNREFUSED'
    expect(judged(beganMs)).toEqual([])
    expect(judged(beganMs + 2_000)).toEqual([wrong])
    expect(judged(beganMs - 2_000)).toEqual([wrong])
    expect(judged(beganMs, 'kill -9 of the worker')).toEqual([wrong])
  })

  it('shows a verification that was not right, or could not be made', () => {
    const verified = [0, 1, 2].map((code) => ({ when: `as ${code}`, code, text: '' }))
    expect(played.judged({ verified })).toEqual([
      'corrente debits verify as 1: exit code 1',
      'corrente debits verify as 2: exit code 2',
    ])
  })
})
