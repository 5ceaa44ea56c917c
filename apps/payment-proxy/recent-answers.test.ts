import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { recentAnswers } from '#apps/payment-proxy/recent-answers'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const counted = () => {
  const asked: string[] = []
  const recent = recentAnswers<number>(30_000)
  const ask = (question: string) => recent(question, async () => asked.push(question))
  return { asked, recent, ask }
}

describe('recentAnswers', () => {
  it('asks once for all who come at the same time', async () => {
    const { asked, ask } = counted()
    expect(await Promise.all([ask('a'), ask('a'), ask('b')])).toEqual([1, 1, 2])
    expect(asked).toEqual(['a', 'b'])
  })

  it('asks anew once the answer is old', async () => {
    const { ask } = counted()
    await ask('a')
    await vi.advanceTimersByTimeAsync(29_999)
    expect(await ask('a')).toBe(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(await ask('a')).toBe(2)
  })

  it('keeps no failure', async () => {
    const { recent, ask } = counted()
    const broken = () => Promise.reject(new Error('no answer'))
    const waiting = [recent('a', broken), recent('a', () => Promise.resolve(7))]
    for (const one of waiting) await expect(one).rejects.toThrow('no answer')
    expect(await ask('a')).toBe(1)
  })
})
