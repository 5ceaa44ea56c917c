import { describe, expect, it } from 'vitest'
import { ingestSettings } from '#apps/ingest/config'

const env = { INGEST_TOKENS: 'register:example-token-of-length, import:other:token-of-length' }

describe('ingest settings', () => {
  it('opens applications, to those who have a token', () => {
    const { topics, tokens, port, host } = ingestSettings(env)
    expect(topics.map(({ name }) => name)).toEqual(['applications'])
    expect(tokens).toEqual([
      { name: 'register', token: 'example-token-of-length' },
      { name: 'import', token: 'other:token-of-length' },
    ])
    expect({ port, host }).toEqual({ port: 8002, host: '127.0.0.1' })
  })

  it.each([
    ['payments', 'INGEST_TOPICS: payments is written by the payment units alone'],
    ['payment.facts', 'INGEST_TOPICS: payment.facts is a topic of facts; only'],
    ['payments.current', 'INGEST_TOPICS: payments.current is a topic of table; only'],
    ['applications,nothing', 'INGEST_TOPICS: there is no topic nothing'],
    ['applications,', 'INGEST_TOPICS: there is no topic '],
  ])('does not open %s', (INGEST_TOPICS, sentence) => {
    expect(() => ingestSettings({ ...env, INGEST_TOPICS })).toThrow(sentence)
  })

  it('opens commands', () => {
    const { topics } = ingestSettings({ ...env, INGEST_TOPICS: 'applications, payment.openings' })
    expect(topics.map(({ name }) => name)).toEqual(['applications', 'payment.openings'])
  })

  it.each([undefined, ''])('does not start without tokens (%j)', (INGEST_TOKENS) => {
    expect(() => ingestSettings({ INGEST_TOKENS })).toThrow('INGEST_TOKENS is not set')
  })

  it.each(['short:secret', 'no-name-of-that-length', 'a:example-token-of-length,'])(
    'refuses tokens such as %s without showing them',
    (INGEST_TOKENS) => {
      const start = () => ingestSettings({ INGEST_TOKENS })
      expect(start).toThrow(/^INGEST_TOKENS: must be <name>:<token>,… with tokens of at least 16/)
      expect(start).not.toThrow(INGEST_TOKENS)
    },
  )
})
