import { type KeptLines, openKeptLines } from '#sandboxes/kept-lines'
import type { StoredPendenza } from '#connectors/govpay/sandbox-rules'

/** One handing over of money. */
export interface Receipt {
  /** pagoPA's receiptId. */
  readonly id: string
  readonly paid_at: string
  /** Cents. */
  readonly amount: number
}

export interface Debt {
  readonly idPendenza: string
  readonly pendenza: StoredPendenza
  /** Cents. */
  readonly amount: number
  /** None of a debt of stamps. */
  readonly numeroAvviso: string | null
  readonly iuv: string
  readonly created_at: string
  readonly isCancelled: boolean
  readonly receipts: readonly Receipt[]
  /** Payments that the application has not yet been told, in order. */
  readonly owed: readonly Receipt[]
}

/** All the sandbox knows of one idPendenza; `debt` is null while every creation request went wrong. */
export interface Entry {
  readonly idPendenza: string
  readonly creation_requests: number
  readonly notifications: number
  readonly debt: Debt | null
}

/** Totals over all debts, or the numbers of one. `notifications` are those a 2xx took. */
export interface Counters {
  readonly debt_positions: number
  readonly creation_requests: number
  readonly settlements: number
  readonly notifications: number
}

/** The entries by idPendenza, appended as JSON lines to `dataFile` on each change: the last line of one counts. */
export interface Register extends KeptLines<Entry> {
  /** Changes the debt of an entry that has one. */
  change(idPendenza: string, changes: Partial<Debt>): Entry | undefined
  readonly counters: (idPendenza?: string) => Counters
  /** 13 digits for a new notice number, never given before. */
  nextBase(): string
}

/** Reads `dataFile` when there is one; without it everything is forgotten at stop. */
export const openRegister = (dataFile?: string): Register => {
  const entries = openKeptLines<Entry>(({ idPendenza }) => idPendenza, dataFile)
  let lastBase = 0
  for (const { debt } of entries.all()) {
    lastBase = Math.max(lastBase, Number(debt?.iuv.slice(2, 15) ?? 0))
  }
  return {
    ...entries,
    change: (idPendenza, changes) => {
      const entry = entries.get(idPendenza)
      return entry?.debt
        ? entries.put({ ...entry, debt: { ...entry.debt, ...changes } })
        : undefined
    },
    counters: (idPendenza) =>
      totals(idPendenza === undefined ? entries.all() : [entries.get(idPendenza)]),
    // Counted up from the clock, so that a sandbox without a file does not repeat itself when restarted.
    nextBase: () => {
      lastBase = Math.max(lastBase + 1, Date.now())
      return String(lastBase).padStart(13, '0')
    },
  }
}

const totals = (entries: Iterable<Entry | undefined>): Counters => {
  const sum = { debt_positions: 0, creation_requests: 0, settlements: 0, notifications: 0 }
  for (const entry of entries) {
    if (!entry) continue
    sum.debt_positions += entry.debt ? 1 : 0
    sum.creation_requests += entry.creation_requests
    sum.settlements += entry.debt?.receipts.length ?? 0
    sum.notifications += entry.notifications
  }
  return sum
}
