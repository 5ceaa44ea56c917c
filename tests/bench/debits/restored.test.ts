import { expect, it } from 'vitest'
import { lastRestore } from '#tests/bench/debits/restored'

const line = (unit: string, read: number, msg = 'state restored') =>
  JSON.stringify({ level: 30, app: 'worker', unit, read, about: read, perSecond: 2 * read, msg })

it('finds the last restore of the authoriser that read anything', () => {
  const log = [
    line('debit-authoriser', 100),
    line('debit-authoriser', 300),
    line('debit-authoriser', 400, 'state is being restored'),
    line('payment-keeper', 500),
    line('debit-authoriser', 0),
    '',
  ].join('\n')
  expect(lastRestore(log)).toEqual({ records: 300, perSecond: 600 })
  expect(lastRestore('')).toBeUndefined()
})
