import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { UsageError } from '#apps/corrente/command'
import { demonstrationHelp, demonstrationOf } from '#apps/corrente/demonstration'

beforeEach(() => {
  for (const name of ['KAFKA_BROKERS', 'KAFKA_BOOTSTRAP_SERVERS', 'DATABASE_URL']) {
    vi.stubEnv(name, '')
  }
})
afterEach(() => vi.unstubAllEnvs())

const refusal = (given: Parameters<typeof demonstrationOf>[0]): unknown => {
  try {
    return demonstrationOf(given)
  } catch (error) {
    return error
  }
}

describe('what a start shows', () => {
  it.each([
    [{ demo: 'payment' }],
    [{ demo: 'payment', pay: true, intermediary: 'govpay' }],
    [{ demo: 'debits' }],
    [{ demo: 'debits', 'day-seconds': '5', 'per-second': '1', accounts: '10', seed: '0' }],
  ])('may be %o', (given) => expect(demonstrationOf(given)).toBeTypeOf('function'))

  it.each([
    [
      { demo: 'exports' },
      '--demo exports: there is no such demonstration; there are payment, debits',
    ],
    [{ demo: 'toString' }, '--demo toString: there is no such demonstration'],
    [{ demo: 'debits', pay: true }, '--pay is no option of --demo debits'],
    [{ demo: 'payment', seed: '7' }, '--seed is no option of --demo payment'],
    [{ demo: 'debits', accounts: '9' }, '--accounts 9: say a whole number from 10 on'],
    [{ demo: 'debits', 'day-seconds': '1.5' }, '--day-seconds 1.5: say a whole number from 5 on'],
  ])('cannot be %o', (given, sentence) => {
    const found = refusal(given)
    expect(found).toBeInstanceOf(UsageError)
    expect((found as Error).message).toContain(sentence)
  })

  it('cannot be a day of debits on a Kafka of ones own without a database', () => {
    vi.stubEnv('KAFKA_BROKERS', 'kafka.example:9092')
    expect(refusal({ demo: 'debits' })).toMatchObject({
      name: 'UsageError',
      message: expect.stringContaining('set DATABASE_URL') as string,
    })
    vi.stubEnv('DATABASE_URL', 'postgres://postgres.example/postgres')
    expect(demonstrationOf({ demo: 'debits' })).toBeTypeOf('function')
  })

  it('is named in the help, with its options', () => {
    const words = ['--demo payment', '--demo debits', '--pay', '--intermediary', '--day-seconds']
    for (const word of [...words, '--per-second', '--accounts', '--seed']) {
      expect(demonstrationHelp).toContain(word)
    }
  })
})
