import { describe, expect, it } from 'vitest'
import { LetterLedger, lettersKeptMax } from '#apps/operations/letter-ledger'
import { deadLetterOf } from '#core/redrive'

const letter = (offset: number, { unit = 'dispatcher', error = 'no-tax-code' } = {}) =>
  deadLetterOf(unit, {
    topic: `${unit}.dlq`,
    partition: 2,
    offset,
    key: 'k',
    value: Buffer.from('a person'),
    timestamp: 1_768_467_600_000 + offset,
    headers: {
      'dlq.topic': 'applications',
      'dlq.partition': '2',
      'dlq.offset': '40',
      'dlq.error': error,
      'dlq.message': 'a person has no tax code',
    },
  })
const decision = (offset: number, unit = 'dispatcher') => ({ unit, partition: 2, offset })

describe('the ledger of dead letters', () => {
  it('knows those nobody has decided on, the newest first, and nothing they say', () => {
    const ledger = new LetterLedger()
    ledger.note(letter(1))
    ledger.note(letter(3))
    ledger.note(letter(2, { unit: 'keeper' }))
    expect([ledger.countOf('dispatcher'), ledger.countOf('keeper')]).toEqual([2, 1])
    expect(ledger.newest(10).map(({ offset }) => offset)).toEqual([3, 2, 1])
    expect(ledger.newest(1, 'keeper')).toEqual([
      {
        unit: 'keeper',
        partition: 2,
        offset: 2,
        timestamp: 1_768_467_600_002,
        error: 'no-tax-code',
        attempts: 0,
        redrives: 0,
        origin: 'applications@2:40',
      },
    ])
    expect(JSON.stringify(ledger.newest(10))).not.toContain('person')
  })

  it('forgets one that was decided on, whichever of the two is read first', () => {
    const ledger = new LetterLedger()
    ledger.note(letter(1))
    ledger.decide(decision(1))
    ledger.decide(decision(2))
    ledger.note(letter(2))
    ledger.note(letter(3))
    ledger.decide(decision(3, 'keeper'))
    expect(ledger.countOf('dispatcher')).toBe(1)
    expect(ledger.newest(10).map(({ offset }) => offset)).toEqual([3])
  })

  it('counts all and keeps the newest only', () => {
    const ledger = new LetterLedger()
    const count = lettersKeptMax + 50
    for (let offset = 0; offset < count; offset++) ledger.note(letter(offset))
    expect(ledger.countOf('dispatcher')).toBe(count)
    expect(ledger.newest(count)).toHaveLength(lettersKeptMax)
    ledger.decide(decision(0))
    expect(ledger.countOf('dispatcher')).toBe(count - 1)
  })
})
