import { describe, expect, it } from 'vitest'
import { type Asked, newAsked } from '#tests/soak/debits/asked'
import { drawTemper } from '#tests/soak/debits/client'
import { anyOf, customerOf, openings, remember } from '#tests/soak/debits/customers'
import { drawWhat, drawWish, forestallingWish } from '#tests/soak/debits/draw'
import { tried } from '#tests/soak/debits/example-run'
import { type Currency, textOf } from '#tests/soak/debits/money'
import { drawStrikes, strikeNames } from '#tests/soak/debits/strikes'
import { newRandom } from '#tests/soak/engine/random'

const customers = () => openings().map((opening, n) => customerOf(opening, `account-${n}`))

/** An answer that approves so many minor units. */
function approvalOf(minorUnits: number, currency: Currency) {
  const held = { held: textOf(0, currency) }
  const amount = textOf(minorUnits, currency)
  return tried(200, JSON.stringify({ code: '00', amount, before: held, after: held }))
}

/** What is asked for by a seed, all of it approved. */
function wishesOf(seed: number, count: number): readonly Asked[] {
  const [random, all] = [newRandom(seed), customers()]
  return Array.from({ length: count }, (_, n) => {
    const customer = anyOf(all, random)
    const asked = newAsked(drawWish(drawWhat(random), { customer, random, id: `s-${n}` }))
    drawTemper(random)
    asked.tries.push(approvalOf(50, asked.currency))
    remember(customer, asked)
    return asked
  })
}

describe('what clients ask for', () => {
  it('comes again with its seed, and is another with another one', () => {
    const withoutTimes = (seed: number) =>
      wishesOf(seed, 300).map(({ path, body: { expires_at: _, ...body } }) => ({ path, body }))
    expect(withoutTimes(7)).toEqual(withoutTimes(7))
    expect(withoutTimes(8)).not.toEqual(withoutTimes(7))
  })

  it('is of every kind, at every route', () => {
    const paths = wishesOf(7, 3_000).map(({ path }) => path.replace(/s-\d+/, '{id}'))
    expect([...new Set(paths)].sort()).toEqual([
      '/debito',
      '/v1/authorisations',
      '/v1/authorisations/{id}/increment',
      '/v1/authorisations/{id}/post',
      '/v1/authorisations/{id}/reverse',
      '/v1/authorisations/{id}/void',
      '/v1/credits',
      '/v1/debits',
      '/v1/debits/{id}/reverse',
      '/v1/refunds',
    ])
  })

  it('is about one card for a fifth of it', () => {
    const all = wishesOf(7, 3_000)
    const hot = all.filter(({ account }) => account === 'account-0')
    expect(hot.length / all.length).toBeCloseTo(0.21, 1)
  })

  it('brings nothing to accounts that run out', () => {
    const poor = new Set(customers().flatMap(({ isPoor, account }) => (isPoor ? [account] : [])))
    const coming = wishesOf(7, 3_000).filter(({ kind }) => kind === 'Credit' || kind === 'Refund')
    expect(poor.size).toBe(10)
    expect(coming.filter(({ account }) => poor.has(account))).toEqual([])
  })

  it('is about nothing that was not approved, nor about what is held for seconds', () => {
    const [customer] = customers()
    const approved = approvalOf(100, 'BRL')
    const asked = newAsked(
      drawWish('authorise', { customer: customer!, random: newRandom(1), id: 'a' }),
    )
    remember(customer!, { ...asked, tries: [tried(409, '{"code":"51"}')] })
    remember(customer!, { ...asked, body: { expires_at: 'soon' }, tries: [approved] })
    expect(customer!.held).toEqual([])
    remember(customer!, { ...asked, tries: [approved] })
    expect(customer!.held).toEqual([{ id: 'a', amount: 100 }])
  })

  it('is undone before it comes by a request about its id', () => {
    const [customer] = customers()
    const wish = drawWish('forestall', { customer: customer!, random: newRandom(1), id: 'a' })
    expect(wish).toMatchObject({ kind: 'Debit', isForestalled: true })
    const { path, body } = forestallingWish(wish, 'b')
    expect(path).toBe('/v1/debits/a/reverse')
    expect(body).toMatchObject({ account_id: 'account-0' })
  })
})

describe('what is done on purpose', () => {
  it('is all of it in each round, in an order of the seed', () => {
    const names = drawStrikes(2, newRandom(7))
    expect(names).toEqual(drawStrikes(2, newRandom(7)))
    const rounds = [names.slice(0, strikeNames.length), names.slice(strikeNames.length)]
    for (const round of rounds) expect([...round].sort()).toEqual([...strikeNames].sort())
    expect(rounds[0]).not.toEqual(rounds[1])
  })
})
