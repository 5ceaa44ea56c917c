import { describe, expect, it } from 'vitest'
import { heeding } from '#core/heeding'

async function taken<T>(source: AsyncIterable<T>, count = Infinity): Promise<readonly T[]> {
  const all: T[] = []
  for await (const one of source) if (all.push(one) === count) break
  return all
}

/** Gives 1 and 2, then whatever the test says; tells how it was left. */
function source(after: () => Promise<unknown> = async () => undefined) {
  const told = { isLeft: false }
  async function* given() {
    try {
      yield 1
      yield 2
      await after()
    } finally {
      told.isLeft = true
    }
  }
  return { given: given(), told }
}

describe.each([
  ['without a signal', undefined],
  ['with one that never aborts', new AbortController().signal],
])('a source that is heeded %s', (_what, signal) => {
  it('gives all it has', async () => {
    expect(await taken(heeding(signal, source().given))).toEqual([1, 2])
    expect(await taken(heeding(signal, [3, 4]))).toEqual([3, 4])
  })

  it('is told where the loop is left', async () => {
    const { given, told } = source()
    expect(await taken(heeding(signal, given), 1)).toEqual([1])
    await expect.poll(() => told.isLeft).toBe(true)
  })

  it('throws what it throws', async () => {
    const { given } = source(() => Promise.reject(new RangeError('broken')))
    await expect(taken(heeding(signal, given))).rejects.toThrow('broken')
  })
})

describe('a signal', () => {
  it('ends the wait for a source that gives nothing any more', async () => {
    const giving = new AbortController()
    const { given } = source(() => new Promise(() => giving.abort(new RangeError('given up'))))
    await expect(taken(heeding(giving.signal, given))).rejects.toThrow('given up')
  })

  it('that aborted before leaves the source alone', async () => {
    const giving = AbortSignal.abort(new RangeError('given up'))
    const { given, told } = source()
    await expect(taken(heeding(giving, given))).rejects.toThrow('given up')
    expect(told.isLeft).toBe(false)
  })
})
