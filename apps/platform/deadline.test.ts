import { describe, expect, it } from 'vitest'
import { within } from '#apps/platform/deadline'

const late = () => new Error('too late')

describe('within', () => {
  it('gives the outcome that came in time', async () => {
    expect(await within(1_000, Promise.resolve(1), late)).toBe(1)
    await expect(within(1_000, Promise.reject(new Error('no')), late)).rejects.toThrow('no')
  })

  it('gives up on what does not come, and ignores it when it comes', async () => {
    const work = new Promise((_, reject) => setTimeout(() => reject(new Error('much later')), 40))
    await expect(within(20, work, late)).rejects.toThrow('too late')
    await new Promise((resolve) => setTimeout(resolve, 40))
  })
})
