import { describe, expect, it } from 'vitest'
import type { Consumer } from '#core/kafka'
import { readPlainly, takeWith } from '#core/take'

const message = (offset: number) => ({
  topic: 'in',
  partition: 0,
  offset,
  key: Buffer.from('città'),
  value: Buffer.from('v'),
  timestamp: 5,
  headers: [{ a: 'b' }],
})
// As the client makes them: those of a consumer carry nothing but a code.
const kafkaError = (code: number) =>
  Object.assign(new Error(`code ${code}`), { code, errno: code, origin: 'local' })

/** A consumer that gives one answer after another. */
const consumerOf = (...answers: (Error | object[])[]) =>
  ({
    setDefaultConsumeTimeout: () => undefined,
    consume: (_: number, done: (error: Error | null, messages?: object[]) => void) => {
      const answer = answers.shift() ?? []
      if (answer instanceof Error) done(answer)
      else done(null, answer)
    },
  }) as unknown as Consumer

const take = takeWith(readPlainly)

describe('take', () => {
  it('gives the records as they came', async () => {
    const [first, second] = await take(consumerOf([message(1)], [message(2)]), 10, 5)
    expect(first).toEqual({ ...message(1), key: 'città', headers: { a: 'b' } })
    expect(second?.offset).toBe(2)
  })

  it.each([-195, -185, -187, 7])('passes over error %s, which mends itself', async (code) => {
    let passed = 0
    expect(await take(consumerOf(kafkaError(code)), 10, 5, () => (passed += 1))).toEqual([])
    expect(passed).toBe(1)
    expect(await take(consumerOf([message(1)], kafkaError(code)), 10, 5)).toHaveLength(1)
  })

  it.each([-150, -140, -147, 82, 3, 29])('ends with error %s', async (code) => {
    await expect(take(consumerOf(kafkaError(code)), 10, 5)).rejects.toThrow(`code ${code}`)
    await expect(take(consumerOf([message(1)], kafkaError(code)), 10, 5)).rejects.toThrow()
  })
})
