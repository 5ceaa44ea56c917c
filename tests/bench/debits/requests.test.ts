import { expect, it } from 'vitest'
import { anyOf, debiting, numberOf, opening } from '#tests/bench/debits/requests'

it('opens the accounts of cards with 16 digits', () => {
  expect(numberOf(9_999)).toBe('8888777766669999')
  expect(JSON.parse(opening(7).body)).toMatchObject({ numeroConta: 7, saldo: 1_000_000_000 })
})

it('debits amounts of two decimals, with an id for each where that is asked for', () => {
  const request = debiting(() => 3, { hasId: true })
  const [one, other] = [request(0), request(1)]
  expect(one.body).toBe('{"numeroCartao":8888777766660003,"valor":1.10}')
  expect(one.headers).toMatch(/^Idempotency-Key: [0-9a-f-]{36}\r\n$/)
  expect(one.headers).not.toBe(other.headers)
  expect(debiting(() => 3, { hasId: false })(0)).not.toHaveProperty('headers')
})

it('spreads over all cards', () => {
  const pick = anyOf(10)
  const picked = new Set(Array.from({ length: 1_000 }, () => pick()))
  expect([...picked].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
})
