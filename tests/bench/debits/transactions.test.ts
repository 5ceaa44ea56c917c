import { expect, it } from 'vitest'
import { toldBetween, transactionsIn } from '#tests/bench/debits/transactions'

const metrics = (count: number, seconds: number, records: number) => `
corrente_commit_seconds_bucket{le="0.1",unit="debit-authoriser"} 3
corrente_commit_seconds_sum{unit="payment-keeper"} 99
corrente_commit_seconds_sum{unit="debit-authoriser"} ${seconds}
corrente_commit_seconds_count{unit="debit-authoriser"} ${count}
corrente_records_total{unit="debit-authoriser",outcome="discarded"} 7
corrente_records_total{unit="debit-authoriser",outcome="done"} ${records}
`

it('tells how many records a transaction had, and how long it took', () => {
  const [before, after] = [transactionsIn(metrics(10, 1, 100)), transactionsIn(metrics(30, 2, 500))]
  expect(before).toEqual({ count: 10, seconds: 1, records: 100 })
  expect(toldBetween(before, after)).toBe('20 transactions of 20.0 records and 50.0 ms each')
  expect(toldBetween(after, before)).toBe('no transactions were told')
})
