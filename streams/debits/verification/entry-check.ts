import type { DebitDecision, LedgerEntry } from '#schemas/generated/types'
import { ledgerEntryOf, postingsOf } from '#streams/debits/books'
import { differing } from '#streams/debits/verification/differing'

/** What a decision adds to what is booked, minor units. */
export const bookedBy = ({ before, after }: DebitDecision): number => after.posted - before.posted

/** In which members the entry of a decision is not what it should be. */
export function entryDifferences(decision: DebitDecision, entry: LedgerEntry): readonly string[] {
  return differing(ledgerEntryOf(decision, postingsOf(bookedBy(decision))), entry)
}

/** What the sides of an entry add up to, minor units: debits less credits. */
export function imbalanceOf({ postings }: Pick<LedgerEntry, 'postings'>): bigint {
  let sum = 0n
  for (const { nature, amount } of postings) {
    sum += nature === 'Debit' ? BigInt(amount) : -BigInt(amount)
  }
  return sum
}
