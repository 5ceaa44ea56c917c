import { beforeEach, describe, expect, it } from 'vitest'
import type { Day } from '#apps/corrente/demo-debits/day'
import { proveDay } from '#apps/corrente/demo-debits/prove-day'
import { Seconds } from '#apps/corrente/demo-debits/second'
import { Tally } from '#apps/corrente/demo-debits/tally'

let lines: string[] = []
let day: Day
let booked = '70.00'
beforeEach(() => {
  lines = []
  booked = '70.00'
  const tally = new Tally()
  tally.open('one', 'opening', 100_00)
  const debit = { id: 'd', account: 'one', type: 'Debit', amount: 30_00 } as const
  tally.take(debit, { code: '00', amount: 30_00 })
  const items = [
    { request_id: 'd', amount: '-30.00' },
    { request_id: 'opening', amount: '100.00' },
  ]
  const get = async (path: string) =>
    path.endsWith('/balance') ? { booked, held: '0.00' } : { items }
  day = {
    client: { get } as unknown as Day['client'],
    holders: [],
    tally,
    seconds: new Seconds(),
    counts: { requests: 2, answered: 2, approved: 1, repeats: 1, answers: 3 },
    mistakes: [],
    run: 'run',
    unknownCard: '',
    deadlineMs: 3_000,
    signal: new AbortController().signal,
  }
})
const proven = (behindMsMax?: number) => proveDay(day, (line) => lines.push(line), behindMsMax)

describe('the proof of a day', () => {
  it('tells what the day came to, and that all agrees', async () => {
    expect(await proven()).toBe(true)
    expect(lines).toEqual([
      '',
      '2 requests, 2 answered (3 answers in all), 1 approved; 1 repeats were the same, byte for byte',
      'BRL 100.00 in the morning, 30.00 taken, 0.00 given back, 0.00 credited: 70.00 in the evening, 0.00 of it held',
      '1 accounts by the answers, against what the edge shows: 1 agree; lost 0, double 0',
    ])
  })

  it('is red where an account differs, and says how', async () => {
    booked = '69.99'
    expect(await proven(0)).toBe(false)
    expect(lines.at(-2)).toContain('0 agree')
    expect(lines.at(-1)).toBe('  account one: booked 6999 for 7000')
  })

  it('is red where an answer could not be, of which the first are told', async () => {
    day.mistakes.push(...Array.from({ length: 21 }, (_, n) => `answer ${n}`))
    expect(await proven()).toBe(false)
    expect(lines.slice(-2)).toEqual(['  answer 19', '  and 1 more'])
  })
})
