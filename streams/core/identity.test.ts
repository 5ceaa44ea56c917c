import { describe, expect, it } from 'vitest'
import { derivedId, namedId } from '#core/identity'

const at = (offset: number, timestamp = 1_767_000_000_000, text = '{}') => ({
  topic: 'applications',
  partition: 0,
  offset,
  timestamp,
  value: Buffer.from(text),
})

describe('derivedId', () => {
  it('is the same when the record is handled again', () => {
    expect(derivedId('payment-dispatcher', at(7), 'id/0')).toBe(
      derivedId('payment-dispatcher', at(7), 'id/0'),
    )
  })

  it('differs by unit, by coordinates, by ordinal, and from a topic made anew', () => {
    const ids = [
      derivedId('payment-dispatcher', at(7), 'id/0'),
      derivedId('payment-dispatcher', at(7), 'id/1'),
      derivedId('payment-dispatcher', at(8), 'id/0'),
      derivedId('payment-intake', at(7), 'id/0'),
      derivedId('payment-dispatcher', at(7, 1_767_000_000_001), 'id/0'),
      derivedId('payment-dispatcher', at(7, 1_767_000_000_000, '[]'), 'id/0'),
    ]
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('is a UUID of version 8', () => {
    expect(derivedId('u', at(0), '0')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    )
  })

  it('never begins with 000', () => {
    // One in 4096 would: 20,000 ids hold about five.
    for (let offset = 0; offset < 20_000; offset++) {
      expect(derivedId('u', at(offset), '0').startsWith('000')).toBe(false)
    }
  })
})

describe('namedId', () => {
  it('is the same UUID of version 8 for the same name, for ever', () => {
    expect(namedId('due/1')).toBe('005bfffb-2892-8e18-9a90-fb088f644804')
    expect(namedId('due/2')).not.toBe(namedId('due/1'))
  })

  it('never begins with 000', () => {
    for (let n = 0; n < 20_000; n++) expect(namedId(String(n)).startsWith('000')).toBe(false)
  })
})
