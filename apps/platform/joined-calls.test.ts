import { describe, expect, it } from 'vitest'
import { joinedCalls } from '#apps/platform/joined-calls'

const slowly = () => {
  const runs: { readonly end: (error?: Error) => void }[] = []
  const work = () =>
    new Promise<void>((resolve, reject) => {
      runs.push({ end: (error) => (error ? reject(error) : resolve()) })
    })
  return { runs, call: joinedCalls(work) }
}
const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('joinedCalls', () => {
  it('answers each call by a run that began after it', async () => {
    const { runs, call } = slowly()
    const first = call()
    const others = Promise.all([call(), call(), call()])
    runs[0]?.end()
    await first
    await settled()
    expect(runs).toHaveLength(2)
    let isAnswered = false
    void others.then(() => (isAnswered = true))
    await settled()
    expect(isAnswered).toBe(false)
    runs[1]?.end()
    await others
  })

  it('begins anew once nothing is under way', async () => {
    const { runs, call } = slowly()
    for (const n of [1, 2]) {
      const done = call()
      expect(runs).toHaveLength(n)
      runs[n - 1]?.end()
      await done
    }
  })

  it('lets a run that fails fail its own callers only', async () => {
    const { runs, call } = slowly()
    const first = call()
    const second = call()
    runs[0]?.end(new Error('no broker'))
    await expect(first).rejects.toThrow('no broker')
    await settled()
    runs[1]?.end()
    await expect(second).resolves.toBeUndefined()
  })
})
