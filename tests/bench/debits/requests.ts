import { randomUUID } from 'node:crypto'

const firstCard = 8888777766660000n

/** Number of the n-th card, from 0. */
export const numberOf = (n: number): string => String(firstCard + BigInt(n))

/** The account of the n-th card, with more than it can lose. */
export const opening = (n: number) => ({
  body: `{"agencia":1,"numeroConta":${n},"saldo":1000000000,"numeroCartao":${numberOf(n)}}`,
})

const amounts = Array.from({ length: 997 }, (_, n) => `${(n % 100) + 1}.${10 + (n % 90)}`)

/** The n-th debit of a card, as the contract of the source has it; with an id of its own where that is asked for. */
export const debiting =
  (cardOf: (n: number) => number, { hasId }: { readonly hasId: boolean }) =>
  (n: number) => ({
    body: `{"numeroCartao":${numberOf(cardOf(n))},"valor":${amounts[n % amounts.length]}}`,
    ...(hasId ? { headers: `Idempotency-Key: ${randomUUID()}\r\n` } : {}),
  })

/** Any of so many cards, each as often. */
export const anyOf = (cards: number) => () => Math.floor(Math.random() * cards)
