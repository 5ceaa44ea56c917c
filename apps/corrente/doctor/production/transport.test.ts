import { describe, expect, it } from 'vitest'
import { transportFindings } from '#apps/corrente/doctor/production/transport'

const told = (env: Record<string, string>) =>
  transportFindings(env).map(({ level, sentence }) => `${level}: ${sentence}`)

const safe = {
  KAFKA_BROKERS: 'kafka-0.body.example:9093',
  KAFKA_SECURITY_PROTOCOL: 'sasl_ssl',
  KAFKA_SASL_MECHANISM: 'SCRAM-SHA-512',
  SCHEMA_REGISTRY_URL: 'https://registry.body.example',
  DATABASE_URL: 'postgres://corrente:word@db.body.example/debits?sslmode=verify-full',
  SMTP_URL: 'smtp://mail.body.example:587',
  NOTIFICATION_WEBHOOKS: 'core=https://core.body.example/told',
}

describe('what goes in the clear', () => {
  it('is nothing where all is TLS, or on this machine', () => {
    expect(told(safe)).toEqual(['ok: nothing is said in the clear to another machine'])
    const here = {
      KAFKA_BROKERS: '127.0.0.1:9092,localhost:9093',
      SCHEMA_REGISTRY_URL: 'http://[::1]:8081',
      DATABASE_URL: 'postgres://localhost/debits',
    }
    expect(told(here).map((line) => line.slice(0, 3))).toEqual(['ok:'])
  })

  it.each([
    [
      { KAFKA_SECURITY_PROTOCOL: 'plaintext' },
      /records, and passwords .* to kafka-0\.body\.example/,
    ],
    [{ KAFKA_SECURITY_PROTOCOL: 'ssl' }, /cannot tell our processes apart/],
    [{ SCHEMA_REGISTRY_URL: 'http://registry.body.example' }, /^warning: SCHEMA_REGISTRY_URL: /],
    [{ S3_ENDPOINT: 'http://store.body.example' }, /^warning: S3_ENDPOINT: the object store/],
    [{ DATABASE_URL: 'postgres://db.body.example/debits' }, /DATABASE_URL: .*verify-full/],
    [{ DATABASE_URL: 'postgres://db.body.example/debits?sslmode=no-verify' }, /DATABASE_URL/],
    [{ SMTP_TLS: 'off' }, /^warning: SMTP_TLS is off/],
    [{ NOTIFICATION_WEBHOOKS: 'core=http://core.body.example/told' }, /core is told in the clear/],
  ])('%j is a warning', (changed, sentence) => {
    const lines = told({ ...safe, ...changed })
    expect(lines.some((line) => sentence.test(line))).toBe(true)
    expect(lines.every((line) => line.startsWith('warning: '))).toBe(true)
  })

  it('names the password that is sent in the clear by its setting', () => {
    const env = {
      ...safe,
      KAFKA_SECURITY_PROTOCOL: 'sasl_plaintext',
      KAFKA_SASL_MECHANISM: 'PLAIN',
    }
    expect(told(env)).toHaveLength(2)
    expect(told(env)[1]).toMatch(/whoever listens has the password/)
  })

  it('shows no password of an address', () => {
    const lines = told({ ...safe, DATABASE_URL: 'postgres://corrente:hunter22@db.body.example/d' })
    expect(lines.join()).not.toContain('hunter22')
  })
})
