import type { OpenProjection } from '#apps/corrente/debits/postgres/open-projection'
import { ProjectionCheck } from '#apps/corrente/debits/postgres/projection-check'
import type { Letters } from '#apps/corrente/debits/read-letters'
import { readRows } from '#apps/corrente/debits/read-rows'
import { readTimers } from '#apps/corrente/debits/read-timers'
import type { PartitionCut } from '#apps/corrente/debits/take-cut'
import type { TopicSources } from '#apps/corrente/debits/topic-sources'
import type { PartitionReport, Verifying } from '#apps/corrente/debits/verification'
import type { PartitionRows, VerificationRows } from '#apps/corrente/debits/verification-rows'
import { verifyPartition } from '#apps/corrente/debits/verify-partition'
import type { GroupOffsets } from '#core/group-offsets'
import { placeText } from '#core/records'
import type { DebitRow } from '#schemas/generated/types'
import { debitRows, debits, ledgerEntries } from '#schemas/topics'
import { depositsAccount } from '#streams/debits/books'
import { CardBooks, type FoundCard } from '#streams/debits/verification/card-check'
import type { PartitionCheck } from '#streams/debits/verification/partition-check'
import { Redecision } from '#streams/debits/verification/redecision'
import { compareCounters, compareRows } from '#streams/debits/verification/row-check'
import { compareTimers, type FoundTimer } from '#streams/debits/verification/timer-check'
import { TrialBalance } from '#streams/debits/verification/trial-balance'
import { Violations } from '#streams/debits/verification/violations'

interface Given {
  readonly verifying: Verifying
  readonly sources: Pick<TopicSources, 'of'>
  /** Offsets of the authoriser. */
  readonly group: Pick<GroupOffsets, 'of'>
  /** By `topic/partition`. */
  readonly ends: ReadonlyMap<string, number>
  readonly letters: (partition: number) => Letters
  readonly rows: VerificationRows
  readonly projection: OpenProjection | undefined
}

/** What there is of one partition, beside what was decided. */
interface Found {
  readonly partition: number
  readonly rows: PartitionRows
  readonly timers: readonly FoundTimer[]
}

/** Between two lines of progress, milliseconds. */
const progressMs = 5_000

/** Verifies partition after partition, so that the accounts of one alone are in memory. */
export class Verifier {
  readonly violations = new Violations()
  readonly balance = new TrialBalance()
  readonly #cards = new CardBooks()
  readonly #given: Given
  readonly #projection: ProjectionCheck | undefined
  #toldAtMs = performance.now()

  constructor(given: Given) {
    this.#given = given
    const { projection } = given
    this.#projection = projection && new ProjectionCheck(projection, this.violations)
  }

  async partition(cut: PartitionCut): Promise<PartitionReport> {
    const { verifying, sources, ends, letters } = this.#given
    const { log, settings } = verifying
    const { wire, offsets } = log
    const { violations, balance } = this
    const { partition } = cut
    const rows = this.#given.rows.of(partition)
    const listener = this.#projection?.partition(partition)
    const reading = readRows({ sources, offsets, wire, cut, rows, violations })
    const verified = verifyPartition({
      sources,
      wire,
      cut,
      endOf: ({ name: topic }) => ends.get(placeText({ topic, partition }))!,
      undecidedFrom: () => this.#undecidedFrom(partition),
      letters: letters(partition),
      redecision: settings && new Redecision(settings, rows.rebuilt),
      rows,
      violations,
      balance,
      cards: this.#cards,
      listener,
      onProgress: (offset) =>
        this.#tell(`debits/${partition}: up to offset ${offset} of ${cut.decidedBelow}`),
    })
    // Where one fails the other must have ended, too, before the file of both is closed.
    await Promise.allSettled([reading, verified])
    const [{ check, below }] = await Promise.all([verified, reading])
    await listener?.ended()
    const timers = await readTimers({ sources, offsets, wire, cut, violations })
    this.#compareState(check, { partition, rows, timers })
    await rows.forget()
    return reportOf(partition, below, check)
  }

  /** All partitions are verified. Resolves with the rows of Postgres that were compared, by table. */
  async ended(cards: ReadonlyMap<string, FoundCard>): Promise<Readonly<Record<string, number>>> {
    this.#cards.compare(cards, this.violations)
    for (const what of this.balance.problems(depositsAccount)) {
      this.violations.note({
        kind: 'unbalanced-books',
        at: ledgerEntries.name,
        account_id: null,
        what,
      })
    }
    await this.#projection?.ended()
    return this.#projection?.counts() ?? {}
  }

  #compareState(check: PartitionCheck, { partition, rows, timers }: Found): void {
    const at = (key: string) => `${debitRows.name}@${partition} ${key}`
    const comparison = { at, violations: this.violations }
    const { unsettled } = check
    const isRedecided = this.#given.verifying.settings !== undefined
    compareTimers(holdsIn(rows, isRedecided), timers, { ...comparison, unsettled })
    if (isRedecided) {
      compareRows(rows.rebuilt.range({}), rows.found, comparison)
    } else {
      const books = { accounts: check.decided.accounts, sequences: check.books.sequences }
      compareCounters(books, rows.found, comparison)
    }
  }

  async #undecidedFrom(partition: number): Promise<number> {
    const [position] = await this.#given.group.of([{ topic: debits.name, partition }])
    return position?.offset ?? 0
  }

  #tell(line: string): void {
    if (performance.now() - this.#toldAtMs < progressMs) return
    this.#toldAtMs = performance.now()
    this.#given.verifying.onProgress(line)
  }
}

const ofHolds = { gte: 'h/', lt: 'h0' }

/** The holds as they were rebuilt; where nothing is decided again they are the state's, whose sums are compared. */
function* holdsIn(
  { rebuilt, found }: PartitionRows,
  isRedecided: boolean,
): Generator<readonly [key: string, row: DebitRow]> {
  if (isRedecided) {
    yield* rebuilt.range(ofHolds)
    return
  }
  for (const [key, one] of found.range(ofHolds)) if ('row' in one) yield [key, one.row]
}

const reportOf = (partition: number, below: number, check: PartitionCheck): PartitionReport => ({
  partition,
  below,
  ...check.counts,
  ...check.decided.counts,
  ...check.books.counts,
  accounts: check.decided.accounts.accounts.size,
  holds: check.decided.accounts.holds.size,
})
