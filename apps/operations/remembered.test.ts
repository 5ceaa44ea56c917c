import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { remembered } from '#apps/operations/remembered'

describe('an answer that is remembered', () => {
  it('is shared for a while, and asked for anew after that', async () => {
    let asked = 0
    const ask = remembered(30, async () => ++asked)
    expect(await Promise.all([ask(), ask()])).toEqual([1, 1])
    expect(await ask()).toBe(1)
    await sleep(40)
    expect(await ask()).toBe(2)
  })

  it('is waited for together, however long it takes', async () => {
    let asked = 0
    const ask = remembered(1, () => sleep(30, ++asked))
    const first = ask()
    await sleep(10)
    expect(await Promise.all([first, ask()])).toEqual([1, 1])
  })

  it('is not one where the question failed', async () => {
    let asked = 0
    const ask = remembered(1_000, async () => {
      if (++asked === 1) throw new Error('away')
      return asked
    })
    await expect(ask()).rejects.toThrow('away')
    expect(await ask()).toBe(2)
  })
})
