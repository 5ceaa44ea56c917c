import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { inTurn } from '#apps/operations/in-turn'

describe('work that is done in turn', () => {
  it('never runs twice at once, and goes on after a failure', async () => {
    let running = 0
    const work = inTurn(async (name: string) => {
      expect(++running).toBe(1)
      await sleep(5)
      running -= 1
      if (name === 'bad') throw new Error('bad')
      return name
    })
    const results = await Promise.allSettled([work('one'), work('bad'), work('two')])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(results[2]).toMatchObject({ value: 'two' })
  })
})
