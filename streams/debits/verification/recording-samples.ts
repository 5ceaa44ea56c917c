import { SortedRows } from '#core/sorted-rows'
import type {
  DebitDecided,
  DebitRequest,
  DebitRow,
  LedgerEntry,
  StatementEntry,
} from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { type Answer, Authoriser } from '#streams/debits/debit-drive'
import { eventIdOf, nowMs } from '#streams/debits/debit-samples'
import { usualSettings } from '#streams/debits/known'
import { Walk } from '#streams/debits/walk-samples'
import { CardBooks, type FoundCard } from '#streams/debits/verification/card-check'
import { PartitionCheck } from '#streams/debits/verification/partition-check'
import { PartitionTail } from '#streams/debits/verification/partition-tail'
import type { Placed, PlacedRequest, ReadRequest } from '#streams/debits/verification/placed'
import { type RebuiltRows, Redecision } from '#streams/debits/verification/redecision'
import type { FoundTimer } from '#streams/debits/verification/timer-check'
import { TrialBalance } from '#streams/debits/verification/trial-balance'
import { Violations } from '#streams/debits/verification/violations'

/** One partition of all topics of debits, as the authoriser writes it. */
export interface Recording {
  readonly requests: readonly ReadRequest[]
  readonly decisions: readonly Placed<DebitDecided>[]
  readonly entries: readonly Placed<LedgerEntry>[]
  readonly lines: readonly Placed<StatementEntry>[]
  /** What the authoriser keeps after the last request. */
  readonly rows: ReadonlyMap<string, DebitRow>
  /** The timers that are armed then. */
  readonly timers: readonly FoundTimer[]
  /** What is told then of cards, by card. */
  readonly cards: ReadonlyMap<string, FoundCard>
}

/** A request, which may name the events of those before it, perhaps with when it comes. */
type Coming =
  | DebitRequest
  | ((eventOf: (requestId: string) => string) => DebitRequest)
  | readonly [request: DebitRequest, atMs: number]

/** What is written where these requests come one after the other, all at once or when they are said to. */
export function recorded(
  requests: Iterable<Coming>,
  heard: (answer: Answer) => void = () => undefined,
): Recording {
  const authoriser = new Authoriser()
  const taken: ReadRequest[] = []
  const timers = new SampleTimers()
  const cards = new Map<string, FoundCard>()
  const told = { decisions: [], entries: [], lines: [] } as {
    decisions: DebitDecided[]
    entries: LedgerEntry[]
    lines: StatementEntry[]
  }
  for (const one of requests) {
    const made = typeof one === 'function' ? one((id) => eventIn(taken, id)) : one
    const [given, timestamp] = 'event_id' in made ? [made, nowMs] : made
    const request = { ...given, event_id: eventIdOf(taken.length) }
    taken.push({ offset: taken.length, timestamp, request })
    const answer = authoriser.when(request, timestamp)
    heard(answer)
    timers.taken(request, answer)
    for (const { card_id, account_id } of answer.all(topics.debitCards)) {
      cards.set(card_id, { account_id, at: `debits.cards@0:${cards.size}` })
    }
    told.decisions.push(...(answer.all(topics.debitDecisions) as DebitDecided[]))
    told.entries.push(...(answer.all(topics.ledgerEntries) as LedgerEntry[]))
    told.lines.push(...(answer.all(topics.statementEntries) as StatementEntry[]))
  }
  return {
    requests: taken,
    decisions: placed(told.decisions),
    entries: placed(told.entries),
    lines: placed(told.lines),
    rows: new Map(authoriser.rows.entries() as Iterable<[string, DebitRow]>),
    timers: timers.armed,
    cards,
  }
}

/** Timers as the unit has them: one that comes is not armed any more. */
class SampleTimers {
  armed: readonly FoundTimer[] = []

  taken(request: DebitRequest, { outcome }: Answer): void {
    if (request.type === 'HoldDue') {
      const isThis = ({ account_id, hold_id }: FoundTimer) =>
        account_id === request.account_id && hold_id === request.hold_due.hold_id
      this.armed = without(this.armed, this.armed.find(isThis))
    }
    for (const { wakeAt, value } of outcome.wakes ?? []) {
      const { account_id, hold_due } = value as Extract<DebitRequest, { type: 'HoldDue' }>
      const at = `debit-authoriser.timers@0:${this.armed.length}`
      const timer = { account_id, hold_id: hold_due.hold_id, due_at: wakeAt.getTime(), at }
      this.armed = [...this.armed, timer]
    }
  }
}

/** The list without one. */
export const without = <Value>(list: readonly Value[], one: Value | undefined): readonly Value[] =>
  list.filter((other) => other !== one)

/** Some weeks of requests of every kind at random, and the timers that they set. */
export function recordedWalk(seed: number, count: number): Recording {
  const walk = new Walk(seed)
  const requests = function* () {
    for (let n = 0; n < count; n++) yield walk.next()
  }
  return recorded(requests(), (answer) => walk.heard(answer))
}

const eventIn = (requests: readonly ReadRequest[], id: string): string =>
  requests.find(({ request }) => request!.request_id === id)!.request!.event_id

/** Where each begins on its topic; others lie between. */
const firstOffset = 10
const placed = <Value>(values: readonly Value[]): Placed<Value>[] =>
  values.map((value, index) => ({ offset: firstOffset + index, value }))

/** Rows in memory. */
export class SampleRows implements RebuiltRows {
  readonly rows = new SortedRows<DebitRow>()
  get = (key: string) => this.rows.get(key)
  range = (range: object) => this.rows.range(range)
  put = (key: string, row: DebitRow) => this.rows.set(key, row)
  remove = (key: string) => this.rows.delete(key)
}

interface Circumstances {
  readonly isRedecided?: boolean
  readonly letters?: readonly number[]
  readonly sentBack?: readonly PlacedRequest[]
  readonly awaited?: string
  /** So many requests are looked at, and so many are decided in all. */
  readonly upTo?: number
  readonly decidedBelow?: number
}

/** What is wrong with a recording. */
export function verified(recording: Recording, given: Circumstances = {}) {
  const { isRedecided = true, letters = [], sentBack = [] } = given
  const { upTo = recording.requests.length, decidedBelow = upTo } = given
  const violations = new Violations()
  const balance = new TrialBalance()
  const rows = new SampleRows()
  const redecision = isRedecided ? new Redecision(usualSettings, rows) : undefined
  const cards = new CardBooks()
  const check = new PartitionCheck({
    partition: 0,
    violations,
    balance,
    cards,
    letters: new Set(letters),
    sentBack,
    redecision,
    awaited: given.awaited,
  })
  check.decisions.push(recording.decisions)
  check.books.entries.push(recording.entries)
  check.books.lines.push(recording.lines)
  for (const request of recording.requests.slice(0, upTo)) check.handle(request)
  check.finish()
  const tail = new PartitionTail(check, 0)
  tail.takeRest()
  for (const { request } of recording.requests.slice(upTo, decidedBelow)) {
    if (request) tail.meet(request.event_id)
    if (request) check.undecided(request)
  }
  const { isWaiting } = tail
  tail.close({ from: upTo, below: decidedBelow })
  return { violations, isWaiting, balance, check, rows, cards, kinds: kindsOf(violations) }
}

/** Each kind that was found, and how often. */
export const kindsOf = (violations: Violations): Readonly<Record<string, number>> =>
  Object.fromEntries(violations.list().map(({ kind, count }) => [kind, count]))
