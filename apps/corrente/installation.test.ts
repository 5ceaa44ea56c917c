import { expect, it } from 'vitest'
import { embedded, namesOwnKafka } from '#apps/corrente/installation'

it.each([
  [{}, false],
  [{ KAFKA_BROKERS: '' }, false],
  [{ KAFKA_BROKERS: 'kafka.example:9092' }, true],
  [{ KAFKA_BOOTSTRAP_SERVERS: 'kafka.example:9092' }, true],
])('finds a Kafka of the own in %j: %s', (env, isNamed) => {
  expect(namesOwnKafka(env)).toBe(isNamed)
})

it('overwrites no registry that was named without a Kafka', () => {
  expect(() => namesOwnKafka({ SCHEMA_REGISTRY_URL: 'http://registry.example' })).toThrow(
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
