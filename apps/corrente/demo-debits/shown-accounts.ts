import { setTimeout as sleep } from 'node:timers/promises'
import type { EdgeClient } from '#apps/corrente/demo-debits/edge-client'
import {
  type Difference,
  differenceOf,
  isNone,
  type ShownAccount,
} from '#apps/corrente/demo-debits/proof'
import { currency } from '#apps/corrente/demo-debits/requests'
import type { TalliedAccount } from '#apps/corrente/demo-debits/tally'
import { balanceMax, parseMinorUnits } from '#schemas/values/minor-units'

interface Comparing {
  readonly client: Pick<EdgeClient, 'get'>
  readonly signal: AbortSignal
  /** How long what is shown may be behind, milliseconds. */
  readonly behindMsMax: number
}

const pauseMs = 300
const atOnce = 8

/**
 * Compares what the edge shows of each account with what its caller was answered, and again until it has come so far.
 * Resolves with what stays different, by account.
 */
export async function lastingDifferences(
  told: ReadonlyMap<string, TalliedAccount>,
  { client, signal, behindMsMax }: Comparing,
): Promise<ReadonlyMap<string, Difference>> {
  const deadline = performance.now() + behindMsMax
  let different = new Map<string, Difference>()
  for (let left = [...told]; ; left = [...told].filter(([account]) => different.has(account))) {
    different = new Map()
    const accounts = left.values()
    const compare = async () => {
      for (const [account, tallied] of accounts) {
        const difference = await differenceNow(client, account, tallied)
        if (!isNone(difference)) different.set(account, difference)
      }
    }
    await Promise.all(Array.from({ length: atOnce }, compare))
    if (different.size === 0 || performance.now() > deadline) return different
    await sleep(pauseMs, undefined, { signal })
  }
}

async function differenceNow(
  client: Comparing['client'],
  account: string,
  tallied: TalliedAccount,
): Promise<Difference> {
  try {
    return differenceOf(tallied, await shownAccount(client, account))
  } catch (error) {
    return { lost: [], double: [], other: [(error as Error).message] }
  }
}

interface Page {
  readonly items: readonly { readonly request_id: string; readonly amount: string }[]
  readonly next_cursor?: string
}

async function shownAccount(client: Comparing['client'], account: string): Promise<ShownAccount> {
  const path = `/v1/accounts/${account}`
  const balance = (await client.get(`${path}/balance`)) as Record<'booked' | 'held', string>
  const lines: ShownAccount['lines'][number][] = []
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const query = cursor === '' ? 'limit=500' : `limit=500&cursor=${encodeURIComponent(cursor)}`
    const page = (await client.get(`${path}/statement?${query}`)) as Page
    for (const { request_id: id, amount } of page.items) lines.push({ id, amount: signed(amount) })
    cursor = page.next_cursor
  }
  return { booked: signed(balance.booked), held: signed(balance.held), lines }
}

/** Minor units of a decimal text, which may be below zero. */
const signed = (text: string): number =>
  text.startsWith('-')
    ? -parseMinorUnits(text.slice(1), currency, balanceMax)
    : parseMinorUnits(text, currency, balanceMax)
