import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adminConfig } from '#apps/platform/admin'
import { platformSettings, SettingsError } from '#apps/platform/settings'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'settings-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const env = { KAFKA_BROKERS: 'one:9092', SCHEMA_REGISTRY_URL: 'http://registry:8081' }
const kafkaOf = (given: Readonly<Record<string, string>>) =>
  platformSettings({ ...env, ...given }).kafka
const sasl = {
  KAFKA_SECURITY_PROTOCOL: 'sasl_ssl',
  KAFKA_SASL_MECHANISM: 'SCRAM-SHA-512',
  KAFKA_USERNAME: 'corrente',
  KAFKA_PASSWORD: 'secret',
}
const without = (name: keyof typeof sasl) => ({ ...sasl, [name]: '' })

describe('the addresses of brokers', () => {
  it('have an alias, which serves where they are unset or empty', () => {
    const alias = { KAFKA_BOOTSTRAP_SERVERS: 'two:9092' }
    expect(kafkaOf(alias).brokers).toBe('one:9092')
    expect(kafkaOf({ ...alias, KAFKA_BROKERS: '' }).brokers).toBe('two:9092')
    expect(() => kafkaOf({ KAFKA_BROKERS: '' })).toThrow('KAFKA_BROKERS is not set')
  })

  it('are the same for both clients', () => {
    const kafka = kafkaOf({ KAFKA_BROKERS: 'one:9092, two:9092' })
    expect(kafka.brokers).toBe('one:9092,two:9092')
    expect(adminConfig(kafka).brokers).toEqual(['one:9092', 'two:9092'])
  })

  it.each(['one', 'one:9092,', 'PLAINTEXT://one:9092', '[::1]:9092'])('are not %s', (text) => {
    expect(() => kafkaOf({ KAFKA_BROKERS: text })).toThrow(
      new SettingsError('KAFKA_BROKERS: is no <host>:<port>,…'),
    )
  })
})

describe('the security of the connection', () => {
  it('is none unless said otherwise', () => {
    const kafka = kafkaOf({})
    expect(kafka.security).toEqual({})
    expect(adminConfig(kafka)).not.toHaveProperty('sasl')
    expect(adminConfig(kafka)).not.toHaveProperty('ssl')
  })

  it('is the same for both clients', () => {
    const path = join(folder, 'ca.pem')
    writeFileSync(path, 'the certificates')
    const kafka = kafkaOf({ ...sasl, KAFKA_CA_FILE: path })
    expect(kafka.security).toEqual({
      'security.protocol': 'sasl_ssl',
      'sasl.mechanisms': 'SCRAM-SHA-512',
      'sasl.username': 'corrente',
      'sasl.password': 'secret',
      'ssl.ca.pem': 'the certificates',
    })
    expect(adminConfig(kafka)).toMatchObject({
      sasl: { mechanism: 'scram-sha-512', username: 'corrente', password: 'secret' },
      ssl: { ca: ['the certificates'] },
    })
  })

  it.each(['KAFKA_SASL_MECHANISM', 'KAFKA_USERNAME', 'KAFKA_PASSWORD'] as const)(
    'takes all parts of SASL together: %s is missing',
    (name) => {
      expect(() => kafkaOf(without(name))).toThrow(
        new RegExp(`^SASL takes .*: ${name} is not set$`),
      )
    },
  )

  it.each(['', 'ssl'])('takes no identity by the protocol %j', (KAFKA_SECURITY_PROTOCOL) => {
    expect(() => kafkaOf({ ...sasl, KAFKA_SECURITY_PROTOCOL })).toThrow(
      'KAFKA_SECURITY_PROTOCOL=sasl_ssl or sasl_plaintext is not set',
    )
  })

  it('names the file of certificates that cannot be read', () => {
    const KAFKA_CA_FILE = join(folder, 'nothing.pem')
    expect(() => kafkaOf({ KAFKA_SECURITY_PROTOCOL: 'ssl', KAFKA_CA_FILE })).toThrow(
      new SettingsError(`KAFKA_CA_FILE: ${KAFKA_CA_FILE} cannot be read (ENOENT)`),
    )
  })

  it('takes no certificates for a connection without TLS', () => {
    expect(() => kafkaOf({ KAFKA_CA_FILE: 'ca.pem' })).toThrow('KAFKA_CA_FILE is for')
  })
})
