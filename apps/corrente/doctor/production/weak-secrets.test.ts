import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { secretFindings } from '#apps/corrente/doctor/production/weak-secrets'

const made = () => randomBytes(24).toString('base64url')
const told = (env: Record<string, string>) =>
  secretFindings(env).map(({ level, sentence }) => `${level}: ${sentence}`)

describe('what is said of secrets', () => {
  it('is nothing where there are none, and well where they are long and different', () => {
    expect(told({ KAFKA_BROKERS: 'a:1', LOG_LEVEL: 'info', HOME: '/x' })).toEqual([])
    const env = {
      KAFKA_PASSWORD: made(),
      INGEST_TOKENS: `core:${made()},other:${made()}`,
      DATABASE_URL: `postgres://corrente:${encodeURIComponent(`${made()}/+`)}@db/x`,
      CORRENTE_CONFIG_KEYS: `2026-01-15:${randomBytes(32).toString('base64')}`,
    }
    expect(told(env)).toEqual(['ok: 5 secrets are long and all different'])
  })

  it.each([
    ['KAFKA_PASSWORD', 'change-me-please-now'],
    ['DATABASE_URL', 'postgres://corrente:postgres@db/x'],
    ['S3_SECRET_ACCESS_KEY', 'minioadmin'],
    ['CORE_PASSWORD', 'your-password-here'],
  ])('%s that is a word of an example is a warning, and not shown', (name, value) => {
    const [line, ...more] = told({ [name]: value })
    expect(more).toEqual([])
    expect(line).toMatch(new RegExp(`^warning: ${name} is a word of an example`))
    expect(line).not.toContain(value)
  })

  it('is a warning for what is short, and for one letter again and again', () => {
    expect(told({ KSQLDB_PASSWORD: 'k7Qz' })[0]).toMatch(/^warning: KSQLDB_PASSWORD is short/)
    expect(told({ CORRENTE_JWT_SECRET: 'z'.repeat(32) })[0]).toMatch(/to be guessed/)
  })

  it('names whose token of a list it is', () => {
    const [line] = told({ INGEST_TOKENS: `core:${made()},old:change-me-change-me-change` })
    expect(line).toMatch(/^warning: INGEST_TOKENS \(old\) is a word/)
  })

  it('names two doors that one key opens', () => {
    const one = made()
    expect(told({ KAFKA_PASSWORD: one, CORE_PASSWORD: one })).toEqual([
      'warning: CORE_PASSWORD is the same as KAFKA_PASSWORD: who has one has both; make another',
    ])
  })
})
