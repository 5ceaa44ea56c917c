import type { DebitDecision, LedgerEntry } from '#schemas/generated/types'
import { bookedBy } from '#streams/debits/verification/entry-check'

/** What is booked in a currency, minor units; debits count above zero. */
export interface CurrencyTotals {
  readonly currency: string
  /** On all accounts of the books together: zero. */
  readonly sum: bigint
  readonly byLedgerAccount: Readonly<Record<string, bigint>>
  /** On all accounts of holders, as their decisions tell it. */
  readonly posted: bigint
  readonly held: bigint
}

interface Totals {
  readonly byLedgerAccount: Map<string, bigint>
  posted: bigint
  held: bigint
}

/** The accounts of the books: what was ever posted to each, in each currency. */
export class TrialBalance {
  readonly #totals = new Map<string, Totals>()

  booked({ currency, postings }: LedgerEntry): void {
    const { byLedgerAccount } = this.#of(currency)
    for (const { ledger_account, nature, amount } of postings) {
      const side = nature === 'Debit' ? BigInt(amount) : -BigInt(amount)
      byLedgerAccount.set(ledger_account, (byLedgerAccount.get(ledger_account) ?? 0n) + side)
    }
  }

  decided(decision: DebitDecision): void {
    const { before, after } = decision
    const posted = bookedBy(decision)
    if (posted === 0 && before.held === after.held) return
    const totals = this.#of(decision.currency)
    totals.posted += BigInt(posted)
    totals.held += BigInt(after.held - before.held)
  }

  list(): readonly CurrencyTotals[] {
    return Array.from(this.#totals, ([currency, { byLedgerAccount, posted, held }]) => {
      let sum = 0n
      for (const amount of byLedgerAccount.values()) sum += amount
      const named = Object.fromEntries([...byLedgerAccount].sort(([a], [b]) => (a < b ? -1 : 1)))
      return { currency, sum, byLedgerAccount: named, posted, held }
    })
  }

  /** What is wrong, in a sentence for each currency: what is owed to holders is what lies on their accounts. */
  problems(depositsAccount: string): readonly string[] {
    return this.list().flatMap(({ currency, sum, byLedgerAccount, posted }) => {
      const owed = -(byLedgerAccount[depositsAccount] ?? 0n)
      const told = `${currency}: all entries add up to ${sum}`
      if (sum === 0n && owed === posted) return []
      return [`${told}; ${owed} is owed to holders, and ${posted} lies on their accounts`]
    })
  }

  #of(currency: string): Totals {
    const known = this.#totals.get(currency)
    if (known) return known
    const totals = { byLedgerAccount: new Map<string, bigint>(), posted: 0n, held: 0n }
    this.#totals.set(currency, totals)
    return totals
  }
}
