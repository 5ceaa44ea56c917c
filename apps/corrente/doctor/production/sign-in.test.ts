import { expect, it } from 'vitest'
import { refusalIn } from '#apps/corrente/doctor/production/sign-in'

const kafka = {
  brokers: 'kafka-0:9093',
  security: { 'sasl.username': 'worker', 'sasl.mechanisms': 'PLAIN', 'sasl.password': 'hunter22' },
}
const named = (name: string, cause?: Error) =>
  Object.assign(new Error('SASL failed', { cause }), { name })

it('names the user that is refused and the settings, never the password', () => {
  const { level, sentence } = refusalIn(kafka, named('KafkaJSSASLAuthenticationError'))!
  expect(level).toBe('problem')
  expect(sentence).toMatch(/^the brokers refuse the user worker \(PLAIN\): correct KAFKA_USERNAME/)
  expect(sentence).not.toContain('hunter22')
})

it('knows a refusal inside of another error, and takes nothing else for one', () => {
  const refused = named('KafkaJSSASLAuthenticationError')
  expect(refusalIn(kafka, named('KafkaJSNonRetriableError', refused))).toBeDefined()
  expect(refusalIn(kafka, named('KafkaJSConnectionError'))).toBeUndefined()
})
