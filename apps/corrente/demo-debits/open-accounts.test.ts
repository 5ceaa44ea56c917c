import { beforeEach, describe, expect, it } from 'vitest'
import type { Sending } from '#apps/corrente/demo-debits/edge-client'
import { openAccounts } from '#apps/corrente/demo-debits/open-accounts'
import { randomOf } from '#apps/corrente/random'
import { Tally } from '#apps/corrente/demo-debits/tally'

let sent: Sending[] = []
beforeEach(() => {
  sent = []
})

/** Opens accounts at an edge whose ids of accounts are those of the requests. */
async function opened(seed: number, status = 200) {
  const tally = new Tally()
  const client = {
    async send(sending: Sending) {
      sent.push(sending)
      const body = JSON.stringify({ account_id: sending.id, code: '94' })
      return { status, code: status === 200 ? '00' : '94', body, isRepeated: false, ms: 1 }
    },
  }
  const { signal } = new AbortController()
  const settling = { client, deadlineMs: 3_000, onAnswer: () => undefined, signal }
  const random = randomOf(seed)
  const holders = await openAccounts({
    ...{ count: 20, run: 'run', firstCard: 5, random, tally, settling },
  })
  return { holders, tally }
}

describe('the accounts of a day', () => {
  it('are opened with what the tally begins with', async () => {
    const { holders, tally } = await opened(1)
    expect([...tally.accounts.keys()].sort()).toEqual(holders.map(({ account }) => account).sort())
    const openings = sent.filter(({ path }) => path === '/v1/accounts')
    expect(openings).toHaveLength(20)
    for (const { id, body } of openings) {
      const { opening_balance } = body as { readonly opening_balance: string }
      expect(opening_balance).toMatch(/^\d+\.\d\d$/)
      expect(tally.accounts.get(id)?.booked).toBe(Number(opening_balance.replace('.', '')))
    }
  })

  it('have one card or two, a few a blocked one besides, and none a card of another', async () => {
    const { holders } = await opened(1)
    expect(holders.filter(({ cards }) => cards.length === 2)).toHaveLength(5)
    const blocked = holders.flatMap(({ blockedCard }) => blockedCard ?? [])
    expect(blocked).toHaveLength(2)
    const blockings = sent.filter(({ method }) => method === 'PATCH').map(({ body }) => body)
    expect(blockings).toEqual(
      expect.arrayContaining(blocked.map((card_number) => ({ card_number, status: 'blocked' }))),
    )
    const all = [...holders.flatMap(({ cards }) => cards), ...blocked]
    expect(new Set(all).size).toBe(27)
  })

  it('have the same balances for the same seed', async () => {
    const balances = async (seed: number) =>
      [...(await opened(seed)).tally.accounts].map(([id, { booked }]) => `${id} ${booked}`).sort()
    expect(await balances(1)).toEqual(await balances(1))
    expect(await balances(2)).not.toEqual(await balances(1))
  })

  it('are not used where one cannot be opened', async () => {
    await expect(opened(1, 409)).rejects.toThrow(/^an account could not be opened: .*94/)
  })
})
