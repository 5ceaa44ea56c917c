import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { kafkaProblems } from '#apps/platform/kafka-problems'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const brokers = 'one:9092,two:9092'
const silence = [`Kafka at ${brokers} cannot be asked: no answer within 2 s`]

/** Questions that stay open until they are answered by hand. */
function questions() {
  const open: { answer: (problems: string[]) => void; fail: (error: Error) => void }[] = []
  const problems = kafkaProblems(brokers, () => {
    return new Promise((answer, fail) => open.push({ answer, fail }))
  })
  return { open, problems }
}

describe('what a status says of Kafka', () => {
  it('is what comes of the question', async () => {
    const { open, problems } = questions()
    const told = problems()
    open[0]!.answer(['topic applications is missing'])
    expect(await told).toEqual(['topic applications is missing'])
  })

  it('names the brokers that cannot be asked, and asks anew', async () => {
    const { open, problems } = questions()
    const told = problems()
    open[0]!.fail(new Error('all brokers are down'))
    expect(await told).toEqual([`Kafka at ${brokers} cannot be asked: all brokers are down`])
    const again = problems()
    open[1]!.answer([])
    expect(await again).toEqual([])
  })

  it('asks once for all who want to know, those too who come while nobody waits any more', async () => {
    const { open, problems } = questions()
    const first = Promise.all([problems(), problems()])
    await vi.advanceTimersByTimeAsync(2_000)
    expect(await first).toEqual([silence, silence])
    const late = problems()
    await vi.advanceTimersByTimeAsync(2_000)
    expect(await late).toEqual(silence)
    expect(open).toHaveLength(1)
    open[0]!.answer([])
    await vi.advanceTimersByTimeAsync(0)
    void problems()
    expect(open).toHaveLength(2)
  })
})
