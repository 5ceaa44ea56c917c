import { describe, expect, it } from 'vitest'
import { release, releasedBy } from '#core/release'

const asked = release({ unit: 'payment-opener', partition: 3, orderKey: 'p-1' })
const read = { ...asked, partition: 3, offset: 7, timestamp: 0 }

describe('asking that an order key is released', () => {
  it('is a record of the redrive topic, in the partition where the key is parked', () => {
    expect(asked).toMatchObject({ topic: 'payment-opener.redrive', partition: 3, value: null })
    expect(releasedBy(read)).toBe('p-1')
  })

  it('is not what a dead letter asks that bears such a header, nor a record with a value or no key', () => {
    const letter = Object.entries({
      topic: 'payments',
      partition: '3',
      offset: '1',
      timestamp: '0',
    })
    const provenance = Object.fromEntries(letter.map(([name, text]) => [`dlq.${name}`, text]))
    const headers = { ...read.headers, ...provenance }
    expect(releasedBy({ ...read, headers })).toBeUndefined()
    expect(releasedBy({ ...read, value: Buffer.from('{}') })).toBeUndefined()
    expect(releasedBy({ ...read, key: null })).toBeUndefined()
    expect(releasedBy({ ...read, headers: {} })).toBeUndefined()
  })
})
