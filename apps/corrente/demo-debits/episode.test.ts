import { describe, expect, it } from 'vitest'
import { drawnEpisode, drawnOpening, hotAccount } from '#apps/corrente/demo-debits/episode'
import { randomOf } from '#apps/corrente/random'

const accounts = 50
function dayOf(seed: number, count = 5_000) {
  const random = randomOf(seed)
  return Array.from({ length: count }, () => drawnEpisode(random, accounts))
}
const day = dayOf(11)
const shareOf = (is: (episode: (typeof day)[number]) => boolean) =>
  day.filter(is).length / day.length

describe('the mix of a day', () => {
  it('has requests of every type in it, repeats and reused ids', () => {
    const types = new Set(day.flatMap(({ steps }) => steps.map(({ type }) => type)))
    expect([...types].sort()).toEqual([
      'Authorise',
      'Credit',
      'Debit',
      'Increment',
      'Post',
      'Refund',
      'Repeat',
      'ReusedId',
      'Reverse',
      'Void',
    ])
  })

  it('asks for whole minor units, from 0.10 on, or for all there is', () => {
    for (const step of day.flatMap(({ steps }) => steps)) {
      if (!('amount' in step) || step.amount === null) continue
      expect(Number.isSafeInteger(step.amount)).toBe(true)
      expect(step.amount).toBeGreaterThanOrEqual(10)
    }
  })

  it('begins with what can be repeated, reversed or posted', () => {
    for (const { steps } of day) {
      expect(['Debit', 'Authorise', 'Credit']).toContain(steps[0]?.type)
      const isOfHold = steps.some(({ type }) => ['Increment', 'Post', 'Void'].includes(type))
      if (isOfHold) expect(steps[0]?.type).toBe('Authorise')
    }
  })

  it('has one card that a tenth of all use, and no account that none uses', () => {
    const hot = shareOf(({ account }) => account === hotAccount)
    expect(hot).toBeGreaterThan(0.1)
    expect(hot).toBeLessThan(0.15)
    expect(new Set(day.map(({ account }) => account)).size).toBe(accounts)
  })

  it('has a few blocked cards, and a few that nobody knows', () => {
    expect(shareOf(({ card }) => card === 'blocked')).toBeCloseTo(0.03, 1)
    expect(shareOf(({ card }) => card === 'unknown')).toBeGreaterThan(0)
  })

  it('is the same for the same seed, and another for another', () => {
    expect(dayOf(11, 200)).toEqual(dayOf(11, 200))
    expect(dayOf(12, 200)).not.toEqual(dayOf(11, 200))
  })
})

it('accounts begin with unlike balances, in whole minor units', () => {
  const random = randomOf(3)
  const openings = Array.from({ length: 200 }, (_, account) => drawnOpening(random, account))
  expect(openings.every(Number.isSafeInteger)).toBe(true)
  expect(new Set(openings).size).toBeGreaterThan(150)
  expect(openings.filter((opening) => opening < 100_00).length).toBeGreaterThan(20)
  expect(openings[hotAccount]).toBe(Math.max(...openings))
})
