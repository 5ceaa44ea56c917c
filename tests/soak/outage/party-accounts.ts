import { type intermediaryAt, iudOf } from '#tests/outside-parties'
import type { Random } from '#tests/soak/engine/random'
import type { Account, Party } from '#tests/soak/outage/account'
import type { AwayParty } from '#tests/soak/outage/away-party'
import type { PartyAccount } from '#tests/soak/outage/judged-run'

type Intermediary = ReturnType<typeof intermediaryAt>

interface Given {
  readonly account: Account
  readonly party: AwayParty
  readonly intermediary: Intermediary
  /** What the other had counted before the run. */
  readonly before: Awaited<ReturnType<Intermediary['counters']>>
  readonly random: Random
}

/** Payments of each party that are asked about one by one. */
const sampleSize = 200

/** What both parties have counted in the run. */
export async function partyAccounts(given: Given): Promise<Record<Party, PartyAccount>> {
  const { party, intermediary, before } = given
  const after = await intermediary.counters()
  const other: number[] = []
  for (const id of sampleOf(given, 'other')) {
    other.push((await intermediary.counters(id)).debt_positions)
  }
  return {
    away: {
      ...party.counters(),
      sampled: sampleOf(given, 'away').map((id) => party.counters(iudOf(id)).debt_positions),
    },
    other: {
      debt_positions: after.debt_positions - before.debt_positions,
      creation_requests: after.creation_requests - before.creation_requests,
      sampled: other,
    },
  }
}

function sampleOf({ account, random }: Given, party: Party): string[] {
  const ids = [...account.payments].flatMap(([id, { application = '' }]) =>
    account.asked.get(application)?.party === party ? [id] : [],
  )
  const size = Math.min(sampleSize, ids.length)
  return Array.from({ length: size }, () => ids[random.whole(0, ids.length - 1)]!)
}
