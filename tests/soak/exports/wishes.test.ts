import { describe, expect, it } from 'vitest'
import { newRandom } from '#tests/soak/engine/random'
import { batches, contentOf, drawWish, type Wish } from '#tests/soak/exports/wishes'

const drawn = (seed: number): readonly Wish[] => {
  const random = newRandom(seed)
  const wishes: Wish[] = []
  while (wishes.length < 500) wishes.push(drawWish(random, wishes))
  return wishes
}

describe('what is asked for', () => {
  it('is the same for the same seed, and something else for another one', () => {
    expect(drawn(1)).toEqual(drawn(1))
    expect(drawn(1)).not.toEqual(drawn(2))
  })

  it('has every size, from none to the longest, and some that are given up, shared and sent twice', () => {
    const wishes = drawn(3)
    const sizes = new Set(wishes.map(({ batch }) => batch.receipts))
    expect(sizes).toEqual(new Set(batches.map(({ receipts }) => receipts)))
    expect(
      wishes.filter(({ givenUpAfterMs }) => givenUpAfterMs !== undefined).length,
    ).toBeGreaterThan(20)
    expect(wishes.filter(({ isAskedTwice }) => isAskedTwice).length).toBeGreaterThan(20)
    const named = wishes.map(({ batch, language }) => `${batch.tenant} ${batch.name} ${language}`)
    expect(new Set(named).size).toBeLessThan(named.length)
  })

  it('of the same movements and language is the same content, under whatever name', () => {
    const [one, other] = batches
    expect(one!.name).not.toBe(other!.name)
    expect(contentOf({ batch: one!, language: 'en' })).toBe(
      contentOf({ batch: other!, language: 'en' }),
    )
    expect(contentOf({ batch: one!, language: 'en' })).not.toBe(
      contentOf({ batch: one!, language: 'pt-BR' }),
    )
  })
})
