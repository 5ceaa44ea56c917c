import { type FeedListener, PartitionFeeds } from '#apps/corrente/debits/partition-feeds'
import type { Letters } from '#apps/corrente/debits/read-letters'
import { Requests } from '#apps/corrente/debits/requests'
import type { PartitionCut } from '#apps/corrente/debits/take-cut'
import type { PartitionRows } from '#apps/corrente/debits/verification-rows'
import type { TopicSources } from '#apps/corrente/debits/topic-sources'
import type { Wire } from '#core/wire'
import { debitRows, debits } from '#schemas/topics'
import { PartitionCheck } from '#streams/debits/verification/partition-check'
import { PartitionTail } from '#streams/debits/verification/partition-tail'
import { placeIn } from '#streams/debits/verification/placed'
import type { CardBooks } from '#streams/debits/verification/card-check'
import type { Redecision } from '#streams/debits/verification/redecision'
import type { TrialBalance } from '#streams/debits/verification/trial-balance'
import type { Violations } from '#streams/debits/verification/violations'

/** All that is needed to verify one partition. */
export interface PartitionGiven {
  readonly sources: Pick<TopicSources, 'of'>
  readonly wire: Pick<Wire, 'prepareRead' | 'decode'>
  readonly cut: PartitionCut
  /** The end of a topic in this partition, behind all that is below the cut. */
  readonly endOf: (topic: { readonly name: string }) => number
  /** The first request that is not decided by now. */
  readonly undecidedFrom: () => Promise<number>
  readonly letters: Letters
  readonly redecision: Redecision | undefined
  readonly rows: Pick<PartitionRows, 'relieve'>
  readonly violations: Violations
  readonly balance: TrialBalance
  readonly cards: CardBooks
  readonly listener?: FeedListener | undefined
  /** Told now and then how far it has come. */
  readonly onProgress: (offset: number) => void
}

/** A partition that was verified, and up to where. */
export interface VerifiedPartition {
  readonly check: PartitionCheck
  /** The first offset of `debits` that was not looked at. */
  readonly below: number
}

/** Between two looks at the memory, and two words of progress. */
const turnRequests = 1_000

interface Walking {
  readonly given: PartitionGiven
  readonly check: PartitionCheck
  readonly feeds: PartitionFeeds
  readonly requests: Requests
}

/** Reads one partition of all topics side by side, in the order in which it was decided. */
export async function verifyPartition(given: PartitionGiven): Promise<VerifiedPartition> {
  const { cut, letters, endOf, ...rest } = given
  const { partition, lastRowEvent } = cut
  const { aside, sentBack } = letters
  const check = new PartitionCheck({
    ...rest,
    partition,
    letters: aside,
    sentBack,
    awaited: lastRowEvent,
  })
  const feeds = new PartitionFeeds(check, { ...rest, partition, endOf })
  const requests = new Requests({ ...rest, partition, end: endOf(debits) })
  const walking = { given, check, feeds, requests }
  try {
    await walk(walking)
    await feeds.fill()
    check.finish()
    const below = requests.offset
    await followTail(walking, below)
    if (!check.hasMetAwaited) noteForeignRow(given, below)
    return { check, below }
  } finally {
    await Promise.all([feeds.close(), requests.close()])
  }
}

async function walk({ given, check, feeds, requests }: Walking): Promise<void> {
  const { cut, rows, onProgress, undecidedFrom } = given
  let below = cut.decidedBelow
  for (let count = 1; ; count++) {
    const next = await requests.next()
    if (!next) return
    if (next.offset >= below) {
      // The state may be ahead of what was decided when it was asked: the cut is moved to it.
      if (check.hasMetAwaited) return
      if (below === cut.decidedBelow) below = await undecidedFrom()
      if (next.offset >= below) return
    }
    if (check.isShort) await feeds.fill()
    check.handle(next)
    requests.pass()
    if (count % turnRequests > 0) continue
    await rows.relieve()
    onProgress(next.offset)
  }
}

/** What was decided since is not verified, but must be of requests that came since. */
async function followTail({ given, check, feeds, requests }: Walking, from: number): Promise<void> {
  const tail = new PartitionTail(check, given.cut.partition)
  tail.takeRest()
  await feeds.drain(() => tail.takeRest())
  const below = await given.undecidedFrom()
  for (let next = await requests.next(); next; next = await requests.next()) {
    if (next.request) {
      if (next.offset < below) tail.meet(next.request.event_id)
      check.undecided(next.request)
    }
    requests.pass()
  }
  for (const { request } of check.sentBackLeft) check.undecided(request)
  tail.close({ from, below })
}

function noteForeignRow({ cut, violations }: PartitionGiven, below: number): void {
  const { partition, rowsEnd, lastRowEvent } = cut
  violations.note({
    kind: 'unasked-row',
    at: `${debitRows.name}@${partition}, below ${rowsEnd}`,
    account_id: null,
    what: `the last row is of event ${lastRowEvent}, which is no request below ${placeIn(debits, partition, below)}`,
  })
}
