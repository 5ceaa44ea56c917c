import { cardNumber } from '#apps/corrente/demo-debits/card-numbers'
import type { Holder } from '#apps/corrente/demo-debits/day'
import type { Sending } from '#apps/corrente/demo-debits/edge-client'
import { drawnOpening } from '#apps/corrente/demo-debits/episode'
import type { Random } from '#apps/corrente/random'
import { currency, decimalText } from '#apps/corrente/demo-debits/requests'
import { settled, type Settling } from '#apps/corrente/demo-debits/settled'
import type { Tally } from '#apps/corrente/demo-debits/tally'

interface Opening {
  readonly count: number
  /** What all ids begin with. */
  readonly run: string
  /** Place of the first number that a card gets. */
  readonly firstCard: number
  readonly random: Random
  readonly tally: Tally
  readonly settling: Settling
}

/** Each account may have so many cards, one of them blocked. */
export const cardsOfAccount = 3
const atOnce = 16

/** Opens the accounts of a day, some with several cards, some with a blocked one. Throws where one cannot be opened. */
export async function openAccounts(opening: Opening): Promise<readonly Holder[]> {
  const { count, random } = opening
  // Drawn in order: which account is opened first does not matter to what lies on it.
  const plans = Array.from({ length: count }, (_, place) => ({
    place,
    balance: drawnOpening(random, place),
  }))
  const holders: Holder[] = []
  const left = plans.values()
  const openOneByOne = async () => {
    for (const { place, balance } of left) holders[place] = await opened(opening, place, balance)
  }
  await Promise.all(Array.from({ length: atOnce }, openOneByOne))
  return holders
}

async function opened(opening: Opening, place: number, balance: number): Promise<Holder> {
  const { run, firstCard, tally, settling } = opening
  const id = (what: string) => `${run}.a${place}.${what}`
  const ask = async (sending: Omit<Sending, 'method'>, method: Sending['method'] = 'POST') => {
    const answer = await settled({ method, ...sending }, settling)
    if (answer?.status === 200) return JSON.parse(answer.body) as { readonly account_id: string }
    throw new Error(`an account could not be opened: ${answer?.body || 'there was no answer'}`)
  }
  const numbers = [0, 1, 2].map((n) => cardNumber(firstCard + place * cardsOfAccount + n))
  const [first, second, third] = numbers as [string, string, string]
  const { account_id } = await ask({
    path: '/v1/accounts',
    id: id('open'),
    body: { card_number: first, currency, opening_balance: decimalText(balance) },
  })
  tally.open(account_id, id('open'), balance)
  const path = `/v1/accounts/${account_id}/cards`
  const isShared = place % 4 === 1
  const isWithBlocked = place % 10 === 3
  if (isShared) await ask({ path, id: id('add'), body: { card_number: second } })
  if (isWithBlocked) {
    await ask({ path, id: id('add-3'), body: { card_number: third } })
    const body = { card_number: third, status: 'blocked' }
    await ask({ path, id: id('block-3'), body }, 'PATCH')
  }
  return {
    account: account_id,
    cards: isShared ? [first, second] : [first],
    blockedCard: isWithBlocked ? third : undefined,
  }
}
