import { declaredUnits } from '#apps/platform/declared-units'
import type { TestInstallation } from '#tests/installation'
import { type LogWatch, openLogWatch } from '#tests/log-watch'
import { intermediaryAt } from '#tests/outside-parties'
import { newRandom, type Random } from '#tests/soak/engine/random'
import { Account, accountTopics, type Party } from '#tests/soak/outage/account'
import type { OutageSize } from '#tests/soak/outage/arguments'
import { type AwayParty, startAwayParty } from '#tests/soak/outage/away-party'
import type { Bounds, Kill } from '#tests/soak/outage/judged-run'
import { judge, type Verdict } from '#tests/soak/outage/judge'
import { type Pace, startPace } from '#tests/soak/outage/pace'
import { partyAccounts } from '#tests/soak/outage/party-accounts'
import { play, type Played } from '#tests/soak/outage/play'
import { configureServices } from '#tests/soak/outage/services'
import type { TestStack } from '#tests/stack'
import { newApplication, openUpstream } from '#tests/upstream'

export interface OutageOptions {
  readonly size: OutageSize
  /** Applications for both while both answer: before anything is looked at, and then, milliseconds. */
  readonly warmMs: number
  readonly beforeMs: number
  /** Processes killed in turn while the party is away. */
  readonly kills: readonly Kill['what'][]
  readonly bounds: Bounds
  readonly report: (line: string) => void
}

export interface OutageResult extends Verdict, Pick<Played, 'marks' | 'kills' | 'firstOpenedMs'> {
  /** From when on the party took no connections, epoch milliseconds. */
  readonly goneMs: number
}

/** What a run works with. */
export interface Playing extends OutageOptions {
  readonly installation: TestInstallation
  readonly account: Account
  readonly party: AwayParty
  readonly watch: LogWatch
  readonly random: Random
  /** Begins to publish applications for a party, at the pace of the run. */
  paced(of: Party): Pace
}

/** One party goes away while payments are asked for at it and at another; it returns. Judged by what is left. */
export async function runOutage(
  stack: TestStack,
  installation: TestInstallation,
  options: OutageOptions,
): Promise<OutageResult> {
  const { core, examplepay } = installation.addresses
  const intermediary = intermediaryAt(examplepay)
  const before = await intermediary.counters()
  const account = new Account(Date.now())
  const topics = [...accountTopics, ...declaredUnits.map(({ name }) => `${name}.dlq`)]
  const random = newRandom(options.size.seed)
  const party = await startAwayParty(stack)
  const upstream = await openUpstream(stack)
  const watch = await openLogWatch(stack, topics, (record) => account.note(record, Date.now()))
  const paces: Pace[] = []
  try {
    const services = await configureServices(stack, party.url)
    const paced = (of: Party): Pace => {
      const pace = startPace(options.size.perSecond, (due, first) => {
        const made = due.map((dueMs, i) => {
          const service = services[of][(first + i) % services[of].length]!
          const application = newApplication({ coreUrl: core, amount: '42.50', ...service })
          account.asked.set(application.id, { party: of, dueMs })
          return application
        })
        return upstream.applications(made)
      })
      paces.push(pace)
      return pace
    }
    const played = await play({ ...options, installation, account, party, watch, random, paced })
    const parties = await partyAccounts({ account, party, intermediary, before, random })
    return { ...judge({ account, parties, bounds: options.bounds, ...played }), ...played }
  } finally {
    await Promise.allSettled(paces.map((pace) => pace.stop()))
    await Promise.all([watch.close(), upstream.close(), party.stop()])
  }
}
