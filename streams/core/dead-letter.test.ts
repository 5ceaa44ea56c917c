import { describe, expect, it } from 'vitest'
import { bugPlace, deadLetter } from '#core/dead-letter'
import { RejectedError } from '#core/errors'

const record = {
  topic: 'applications',
  partition: 2,
  offset: 41,
  key: 'service-1',
  value: Buffer.from([0xff, 0x00]),
  timestamp: 1_767_000_000_000,
  headers: { 'correlation-id': 'story-1' },
}
const cause = { unit: 'payment-dispatcher', appVersion: '0.1.0', attempts: 1 }

describe('bugPlace', () => {
  it('says what and where, and never what the record held', () => {
    const bug = new TypeError('cannot read "Luca Prova"')
    expect(bugPlace(bug)).toMatch(/^TypeError at .*dead-letter\.test\.ts/)
    expect(bugPlace(bug)).not.toContain('Prova')
  })
})

describe('deadLetter', () => {
  it('keeps the original key, bytes and headers, and says where they came from', () => {
    const error = new RejectedError('no-tax-code', 'the applicant has no tax code')
    expect(deadLetter(record, { ...cause, error })).toEqual({
      topic: 'payment-dispatcher.dlq',
      partition: 2,
      key: 'service-1',
      value: record.value,
      headers: {
        'correlation-id': 'story-1',
        'dlq.unit': 'payment-dispatcher',
        'dlq.topic': 'applications',
        'dlq.partition': '2',
        'dlq.offset': '41',
        'dlq.timestamp': '1767000000000',
        'dlq.error': 'no-tax-code',
        'dlq.message': 'the applicant has no tax code',
        'dlq.attempts': '1',
        'dlq.app-version': '0.1.0',
      },
    })
  })

  it('names a bug by its class and cuts an endless message', () => {
    const letter = deadLetter(record, { ...cause, error: new TypeError('x'.repeat(5_000)) })
    expect(letter.headers['dlq.error']).toBe('TypeError')
    expect(letter.headers['dlq.message']).toHaveLength(1_000)
  })

  it.each([
    ['bytes', { value: Buffer.alloc(3_000_000) }],
    ['headers', { headers: { big: 'x'.repeat(3_000_000) } }],
    ['a key', { key: 'x'.repeat(3_000_000) }],
  ])('leaves a record with too many %s for Kafka where it is, and says so', (_, large) => {
    const letter = deadLetter({ ...record, ...large }, { ...cause, error: new Error('poison') })
    expect(letter).toMatchObject({ partition: 2, key: null, value: null })
    expect(letter.headers).toMatchObject({ 'dlq.topic': 'applications', 'dlq.offset': '41' })
    expect(Number(letter.headers['dlq.left-in-place'])).toBeGreaterThan(3_000_000)
    expect(letter.headers).not.toHaveProperty('big')
  })
})
