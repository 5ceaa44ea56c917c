import { expect, it } from 'vitest'
import { embedded, ownKafkaSetting } from '#apps/corrente/installation'

it.each([
  [{}, undefined],
  [{ KAFKA_BROKERS: '' }, undefined],
  [{ KAFKA_BROKERS: 'kafka.example:9092' }, 'KAFKA_BROKERS'],
  [{ KAFKA_BOOTSTRAP_SERVERS: 'kafka.example:9092' }, 'KAFKA_BOOTSTRAP_SERVERS'],
])('finds a Kafka of the own in %j: %s', (env, setting) => {
  expect(ownKafkaSetting(env)).toBe(setting)
})

it('overwrites no registry that was named without a Kafka', () => {
  expect(() => ownKafkaSetting({ SCHEMA_REGISTRY_URL: 'http://registry.example' })).toThrow(
    'SCHEMA_REGISTRY_URL is set and KAFKA_BROKERS is not',
  )
})

it('takes nothing to the embedded services that was meant for others', () => {
  const stack = { brokers: '127.0.0.1:17092', registryUrl: 'http://127.0.0.1:17081' }
  const env = {
    PATH: '/usr/bin',
    LOG_LEVEL: 'debug',
    KAFKA_SECURITY_PROTOCOL: 'sasl_ssl',
    KAFKA_SASL_MECHANISM: 'PLAIN',
    KAFKA_USERNAME: 'user',
    KAFKA_PASSWORD: 'password-of-others',
    KAFKA_CA_FILE: '/etc/ca.pem',
    SCHEMA_REGISTRY_USERNAME: 'user',
    SCHEMA_REGISTRY_PASSWORD: 'password-of-others',
  }
  expect(embedded(stack, env)).toEqual({
    PATH: '/usr/bin',
    LOG_LEVEL: 'debug',
    KAFKA_BROKERS: '127.0.0.1:17092',
    SCHEMA_REGISTRY_URL: 'http://127.0.0.1:17081',
  })
})
