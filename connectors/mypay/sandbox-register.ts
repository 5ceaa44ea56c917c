import { iudOf } from '#connectors/mypay/due-id'
import { type KeptLines, openKeptLines } from '#sandboxes/kept-lines'

/** One handing over of money. */
export interface Receipt {
  /** IUR: the id the PSP gave the collection. */
  readonly collection_id: string
  readonly paid_at: string
}

/** What is owed, as the creditor put it in. */
export interface Due {
  readonly dueId: string
  /** 17 digits. */
  readonly iuv: string
  readonly amount: string
  readonly reason: string
  readonly category: string
  readonly dueType: string
  readonly expires_on: string | null
  readonly payer: { readonly kind: string; readonly taxCode: string; readonly name: string }
}

export interface Debt extends Due {
  readonly created_at: string
  readonly isWithdrawn: boolean
  readonly receipts: readonly Receipt[]
  /** Receipts that the body has not yet taken, in order. */
  readonly owed: readonly Receipt[]
}

/** All the sandbox knows of one iud; `debt` is null while every creation request went wrong. */
export interface Entry {
  readonly iud: string
  readonly creation_requests: number
  readonly notifications: number
  readonly debt: Debt | null
}

/** Totals over all debts, or the numbers of one. `notifications` are those that were taken. */
export interface Counters {
  readonly debt_positions: number
  readonly creation_requests: number
  readonly settlements: number
  readonly notifications: number
}

/** The entries by iud, appended as JSON lines to `dataFile` on each change: the last line of an iud counts. */
export interface Register extends KeptLines<Entry> {
  /** By the id of a due as MyPay takes it, or by our iud; a new one where there is none. */
  entryOf(dueId: string): Entry
  byIuv(iuv: string): Debt | undefined
  readonly counters: (iud?: string) => Counters
}

/** Reads `dataFile` when there is one; without it everything is forgotten at stop. */
export const openRegister = (dataFile?: string): Register => {
  const entries = openKeptLines<Entry>(({ iud }) => iud, dataFile)
  const get = (dueId: string) => entries.get(keyOf(dueId))
  const byIuv = new Map<string, string>()
  const note = (entry: Entry): Entry => {
    if (entry.debt) byIuv.set(entry.debt.iuv, entry.iud)
    return entry
  }
  entries.all().forEach(note)
  return {
    ...entries,
    get,
    entryOf: (dueId) => get(dueId) ?? { ...unknown, iud: keyOf(dueId) },
    byIuv: (iuv) => entries.get(byIuv.get(iuv) ?? '')?.debt ?? undefined,
    put: (entry) => note(entries.put(entry)),
    counters: (iud) => totals(iud === undefined ? entries.all() : [get(iud)]),
  }
}

const unknown = { creation_requests: 0, notifications: 0, debt: null }
const keyOf = (dueId: string): string => iudOf(dueId) ?? dueId

/** Counts one more creation request of a due. */
export const countRequest = (register: Register, dueId: string): Entry => {
  const entry = register.entryOf(dueId)
  return register.put({ ...entry, creation_requests: entry.creation_requests + 1 })
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
