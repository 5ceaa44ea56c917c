import { describe, expect, it } from 'vitest'
import { maskedFields } from '#apps/corrente/masked-fields'
import { declaredUnits } from '#apps/platform/declared-units'

const masked = maskedFields(declaredUnits)
const fieldsOf = (topic: string) => masked.find(({ topics }) => topics.includes(topic))?.fields

describe('what is masked', () => {
  it('is every field that the schema of a topic says is of a person, however deep it lies', () => {
    const fields = fieldsOf('payments')
    // The address in each link, which may carry a token, lies two records down.
    expect(fields).toEqual(expect.arrayContaining(['user_id', 'payer', 'url']))
    for (const shown of ['id', 'status', 'iuv', 'amount']) expect(fields).not.toContain(shown)
  })

  it('is masked in dead letters and redrives of those who read the topic, too', () => {
    const reader = declaredUnits.find(({ input }) => input.name === 'payments')!
    for (const topic of [`${reader.name}.dlq`, `${reader.name}.redrive`]) {
      expect(fieldsOf(topic), topic).toEqual(fieldsOf('payments'))
    }
  })

  it('is the secret of a configuration', () => {
    expect(fieldsOf('payment.tenants')).toEqual(['config'])
  })

  it('is the whole record of a unit that waits with one', () => {
    expect(fieldsOf('debt-position-opener.parked')).toEqual(['record'])
  })

  it('is told once of a topic', () => {
    const topics = masked.flatMap((one) => one.topics)
    expect(new Set(topics).size).toBe(topics.length)
  })
})
