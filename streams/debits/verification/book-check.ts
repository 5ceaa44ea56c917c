import type {
  DebitDecision,
  DebitRequest,
  LedgerEntry,
  StatementEntry,
} from '#schemas/generated/types'
import { ledgerEntries, statementEntries } from '#schemas/topics'
import { Ahead } from '#streams/debits/verification/ahead'
import { bookedBy, entryDifferences, imbalanceOf } from '#streams/debits/verification/entry-check'
import { StatementSequences } from '#streams/debits/verification/line-check'
import { originText, type Placed, placeIn } from '#streams/debits/verification/placed'
import type { TrialBalance } from '#streams/debits/verification/trial-balance'
import type { ViolationKind, Violations } from '#streams/debits/verification/violations'

interface Given {
  readonly partition: number
  readonly violations: Violations
  readonly balance: TrialBalance
}

/** The entries of the books and the lines of the statements of one partition: one of each for what was booked. */
export class BookCheck {
  readonly entries = new Ahead<Placed<LedgerEntry>>(({ value }) => originText(value))
  readonly lines = new Ahead<Placed<StatementEntry>>(({ value }) => originText(value))
  readonly sequences = new StatementSequences()
  readonly counts = { entries: 0, lines: 0 }
  readonly #given: Given

  constructor(given: Given) {
    this.#given = given
  }

  get isShort(): boolean {
    return this.entries.isShort || this.lines.isShort
  }

  /** A decision that was made first, and not again. */
  decided(request: DebitRequest, decision: DebitDecision): void {
    if (bookedBy(decision) === 0) return
    this.#entry(decision)
    this.#line(request, decision)
  }

  unaskedEntry(entry: Placed<LedgerEntry>): void {
    this.#weigh(entry)
    this.#noteEntry(entry, 'unasked-entry', `of ${originText(entry.value)}`)
  }

  unaskedLine(line: Placed<StatementEntry>): void {
    this.#noteLine(line, 'unasked-line', `of ${originText(line.value)}`)
  }

  #entry(decision: DebitDecision): void {
    const { found, passed } = this.entries.take(originText(decision))
    for (const entry of passed) this.unaskedEntry(entry)
    if (!found) return this.#missing('missing-entry', decision)
    this.counts.entries += 1
    this.#weigh(found)
    const differences = entryDifferences(decision, found.value)
    if (differences.length > 0) this.#noteEntry(found, 'wrong-entry', differences.join(', '))
  }

  // Every one of the topic counts, so that the running totals are right at each offset or the entry is told.
  #weigh(entry: Placed<LedgerEntry>): void {
    this.#given.balance.booked(entry.value)
    const sum = imbalanceOf(entry.value)
    if (sum === 0n) return
    this.#noteEntry(entry, 'unbalanced-entry', `its sides add up to ${sum} ${entry.value.currency}`)
  }

  #line(request: DebitRequest, decision: DebitDecision): void {
    const { found, passed } = this.lines.take(originText(decision))
    for (const line of passed) this.unaskedLine(line)
    if (!found) {
      this.sequences.miss(decision.account_id)
      return this.#missing('missing-line', decision)
    }
    this.counts.lines += 1
    const differences = this.sequences.differences(request, decision, found.value)
    if (differences.length > 0) this.#noteLine(found, 'wrong-line', differences.join(', '))
  }

  #missing(kind: ViolationKind, decision: DebitDecision): void {
    const { account_id, type } = decision
    const what = `${type}, booked by ${bookedBy(decision)}`
    this.#given.violations.note({ kind, at: originText(decision), account_id, what })
  }

  #noteEntry({ offset, value }: Placed<LedgerEntry>, kind: ViolationKind, what: string): void {
    const at = placeIn(ledgerEntries, this.#given.partition, offset)
    this.#given.violations.note({ kind, at, account_id: value.account_id, what })
  }

  #noteLine({ offset, value }: Placed<StatementEntry>, kind: ViolationKind, what: string): void {
    const at = placeIn(statementEntries, this.#given.partition, offset)
    this.#given.violations.note({ kind, at, account_id: value.account_id, what })
  }
}
