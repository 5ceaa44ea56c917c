import { describe, expect, it } from 'vitest'
import { engineSoakArguments, killsFull, recordsFull } from '#tests/soak/engine/arguments'
import { drawn, newRandom } from '#tests/soak/engine/random'

const names = ['kills', 'asleep']

describe('the arguments of the soak', () => {
  it('are all scenarios in full where nothing is said', () => {
    const { only, size } = engineSoakArguments([], {}, names)
    expect(only).toEqual([])
    expect(size).toMatchObject({ records: recordsFull, kills: killsFull })
  })

  it('are the scenarios, sizes and seed that are named', () => {
    const env = { SOAK_RECORDS: '30000', SOAK_KILLS: '5', SOAK_SEED: '7' }
    expect(engineSoakArguments(['--only', 'kills,asleep'], env, names)).toEqual({
      only: names,
      size: { records: 30_000, kills: 5, seed: 7 },
    })
  })

  it('are refused where there is no such scenario or number', () => {
    expect(() => engineSoakArguments(['--only', 'kill'], {}, names)).toThrow(
      '--only kill: the scenarios are kills, asleep',
    )
    expect(() => engineSoakArguments([], { SOAK_KILLS: 'many' }, names)).toThrow(
      'SOAK_KILLS is many: say a whole number of at least 1',
    )
  })
})

describe('what is random', () => {
  it('comes again with the same seed', () => {
    const [one, same, other] = [newRandom(1), newRandom(1), newRandom(2)]
    const first = Array.from({ length: 5 }, () => one.next())
    expect(Array.from({ length: 5 }, () => same.next())).toEqual(first)
    expect(other.next()).not.toBe(first[0])
  })

  it('is spread evenly', () => {
    const counts = Array<number>(10).fill(0)
    for (let n = 0; n < 10_000; n++) counts[drawn(1, n) % 10]! += 1
    for (const count of counts) expect(count).toBeGreaterThan(850)
    for (const count of counts) expect(count).toBeLessThan(1_150)
    const random = newRandom(3)
    const wholes = new Set(Array.from({ length: 200 }, () => random.whole(2, 4)))
    expect([...wholes].sort()).toEqual([2, 3, 4])
  })
})
