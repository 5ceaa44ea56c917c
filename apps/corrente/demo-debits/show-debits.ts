import { setMaxListeners } from 'node:events'
import { randomBytes, randomInt } from 'node:crypto'
import { z } from 'zod'
import { print, report } from '#apps/corrente/command'
import { addressesOf } from '#apps/corrente/demo-apps'
import { cardNumber, cardNumbersMax } from '#apps/corrente/demo-debits/card-numbers'
import type { Day } from '#apps/corrente/demo-debits/day'
import { EdgeClient } from '#apps/corrente/demo-debits/edge-client'
import { cardsOfAccount, openAccounts } from '#apps/corrente/demo-debits/open-accounts'
import { proveDay } from '#apps/corrente/demo-debits/prove-day'
import { type Random, randomOf } from '#apps/corrente/random'
import { runDay } from '#apps/corrente/demo-debits/run-day'
import { Screen } from '#apps/corrente/demo-debits/screen'
import { Seconds } from '#apps/corrente/demo-debits/second'
import { Tally } from '#apps/corrente/demo-debits/tally'
import { exitCodeOf } from '#apps/corrente/debits/verification'
import { reportLines } from '#apps/corrente/debits/report'
import { verifyInstallation } from '#apps/corrente/debits/verify-installation'
import type { Shown, Stage } from '#apps/corrente/demonstration'
import type { Environment } from '#apps/corrente/installation'
import { BearerTokens } from '#apps/platform/bearer-tokens'
import { DebitDeadline } from '#apps/platform/debit-deadline'
import { parsed } from '#apps/platform/settings'

export interface DayOptions {
  /** How long the 24 hours take. */
  readonly seconds: number
  /** Requests a second on average. */
  readonly perSecond: number
  readonly accounts: number
  readonly seed: number
}

/** What the edge was told that its callers have to know. */
const EdgeSettings = z.object({
  DEBITS_TOKENS: BearerTokens.default([]),
  DEBITS_DEADLINE_MS: DebitDeadline,
})

/** Opens accounts, lets a day of customers come, and proves what lies on the accounts in the evening. */
export async function showDebits(stage: Stage, options: DayOptions): Promise<Shown> {
  const { platform, portBase, pidOf, signal } = stage
  const { seconds, perSecond, accounts, seed } = options
  const { token, deadlineMs } = edgeOf(platform)
  // Each customer who waits hears of an abort.
  setMaxListeners(0, signal)
  const client = new EdgeClient(addressesOf(portBase).debitEdge, token)
  try {
    const random = randomOf(seed)
    const day = await openedDay({ client, deadlineMs, signal, random, accounts })
    const shared = day.holders.filter(({ cards }) => cards.length > 1).length
    print(
      `${accounts} accounts are open, ${shared} of them with two cards; a tenth of all comes by one card`,
    )
    print(`a day in ${seconds} s, ${perSecond} requests a second on average, --seed ${seed}`)
    const screen = new Screen(print, () => pidOf('worker'))
    await runDay(day, {
      seconds,
      perSecond,
      random,
      onSecond: (hour, second) => screen.second(hour, second),
    })
    const isProven = await proveDay(day, print)
    const code = await verified(platform, portBase)
    return { code: isProven ? code : 1, close: async () => undefined }
  } finally {
    client.close()
  }
}

/** Tells what `corrente debits verify` finds; resolves with the exit code it has. */
async function verified(env: Environment, portBase: number): Promise<0 | 1 | 2> {
  print('')
  print('corrente debits verify:')
  try {
    const verification = await verifyInstallation({
      env,
      portBase: String(portBase),
      isPostgresLeftOut: false,
      isRedecided: true,
      onProgress: report,
    })
    reportLines(verification).forEach(print)
    return exitCodeOf(verification)
  } catch (error) {
    report(`could not be verified: ${(error as Error).message}`)
    return 2
  }
}

function edgeOf(platform: Environment) {
  const { DEBITS_TOKENS, DEBITS_DEADLINE_MS } = parsed(EdgeSettings, platform)
  return { token: DEBITS_TOKENS[0]?.token, deadlineMs: DEBITS_DEADLINE_MS }
}

interface Opening extends Pick<Day, 'client' | 'deadlineMs' | 'signal'> {
  readonly random: Random
  readonly accounts: number
}

/** A day whose accounts are open. Its cards are nobody's yet: a day of the same seed may have been here before. */
async function openedDay({ random, accounts, ...edge }: Opening): Promise<Day> {
  const tally = new Tally()
  const run = `day-${randomBytes(4).toString('hex')}`
  const firstCard = randomInt(cardNumbersMax)
  const settling = { ...edge, onAnswer: () => undefined }
  const opening = { count: accounts, run, firstCard, random, tally, settling }
  return {
    ...edge,
    holders: await openAccounts(opening),
    tally,
    seconds: new Seconds(),
    counts: { requests: 0, answered: 0, approved: 0, repeats: 0, answers: 0 },
    mistakes: [],
    run,
    unknownCard: cardNumber(firstCard + accounts * cardsOfAccount),
  }
}
