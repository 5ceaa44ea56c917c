import { expect, it } from 'vitest'
import { roundsOfAll, toldAt } from '#tests/bench/debits/decide-story'
import { Decider } from '#tests/bench/debits/decider'
import { decide } from '#streams/debits/decide'

const fromMs = Date.parse('2026-01-15T09:00:00Z')
const accounts = 120

function round(decider: Decider, number: number): void {
  decider.wake(toldAt(number * accounts, accounts, fromMs).atMs)
  for (let n = 0; n < accounts; n++) decider.handle(toldAt(number * accounts + n, accounts, fromMs))
}

function decided(rounds: number): Decider {
  const decider = new Decider()
  for (let number = 0; number < rounds; number++) round(decider, number)
  return decider
}

const approved = ({ codes }: Decider) => codes.get('00') ?? 0

it('decides each request; what it is about is there once each account was asked for everything', () => {
  const decider = decided(roundsOfAll)
  expect(decider.decisions).toBe(roundsOfAll * accounts)
  const before = approved(decider)
  for (let number = roundsOfAll; number < 2 * roundsOfAll; number++) round(decider, number)
  expect(approved(decider) - before).toBe(roundsOfAll * accounts)
})

it('forgets ids as buckets go, and holds as their time is over', () => {
  const some = decided(40)
  const more = decided(120)
  expect(more.waiting).toBeLessThan(1.1 * some.waiting)
  expect(more.rows.size).toBeLessThan(1.5 * some.rows.size)
  expect(more.rows.size).toBeLessThan(25 * accounts)
})

it('has a request decided alone as with all its rows', () => {
  const decider = decided(roundsOfAll)
  const told = toldAt(roundsOfAll * accounts, accounts, fromMs)
  const { known, request, moment } = decider.found(told)
  const { decision } = decide(known, request, moment)
  const before = decider.codes.get(decision!.code)!
  decider.handle(told)
  expect(decider.codes.get(decision!.code)).toBe(before + 1)
})
