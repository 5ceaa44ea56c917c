import { openKeptLines } from '#sandboxes/kept-lines'
import type { KeptLines } from '#sandboxes/kept-lines'

/** One handing over of money. */
export interface Receipt {
  readonly transaction_id: string
  readonly paid_at: string
}

/** What is owed, as it was put in. */
export interface Debt {
  readonly iuv: string
  readonly due_type: string
  readonly amount: string
  readonly reason: string
  readonly expires_on: string
  readonly payer: { readonly id: string; readonly name: string }
  readonly created_at: string
  readonly receipts: readonly Receipt[]
}

/** A message that the body is still to be told. */
export interface Owed {
  readonly msgId: string
  /** One stage of money after the other, of this pendency. */
  readonly told: readonly (Receipt & { readonly Esito: string })[]
  /** Payments that are told along and are none of ours. */
  readonly others: readonly string[]
  /** Told by somebody else, and tried once. */
  readonly isForged: boolean
}

/** All the sandbox knows of one iud; `debt` is null where none was put in, or it was withdrawn. */
export interface Entry {
  readonly iud: string
  readonly debt: Debt | null
  readonly owed: readonly Owed[]
  /** Ids of messages about it that were taken. */
  readonly messages: readonly string[]
  readonly creation_requests: number
  readonly sessions: number
  readonly notifications: number
}

/** Totals, or the numbers of one pendency. `notifications` are those that were taken, `sessions` pages to pay at. */
export interface Counters {
  readonly debt_positions: number
  readonly creation_requests: number
  readonly sessions: number
  readonly settlements: number
  readonly notifications: number
}

/** The entries by iud. */
export interface Register extends KeptLines<Entry> {
  /** The entry, or one in which nothing has happened yet. */
  of(iud: string): Entry
  byIuv(iuv: string): Entry | undefined
  /** Whether a message of this id was taken. */
  hasMessage(msgId: string): boolean
  readonly counters: (iud?: string) => Counters
}

export const openRegister = (dataFile?: string): Register => {
  const entries = openKeptLines<Entry>(({ iud }) => iud, dataFile)
  const iuds = new Map<string, string>()
  const messages = new Set<string>()
  const index = ({ iud, debt, messages: ids }: Entry): void => {
    if (debt) iuds.set(debt.iuv, iud)
    for (const id of ids) messages.add(id)
  }
  entries.all().forEach(index)
  return {
    ...entries,
    put: (entry) => {
      index(entry)
      return entries.put(entry)
    },
    of: (iud) => entries.get(iud) ?? newEntry(iud),
    byIuv: (iuv) => entries.get(iuds.get(iuv) ?? ''),
    hasMessage: (msgId) => messages.has(msgId),
    counters: (iud) => totals(iud === undefined ? entries.all() : [entries.get(iud)]),
  }
}

const newEntry = (iud: string): Entry => ({
  iud,
  debt: null,
  owed: [],
  messages: [],
  creation_requests: 0,
  sessions: 0,
  notifications: 0,
})

const totals = (entries: Iterable<Entry | undefined>): Counters => {
  const sum = {
    debt_positions: 0,
    creation_requests: 0,
    sessions: 0,
    settlements: 0,
    notifications: 0,
  }
  for (const entry of entries) {
    if (!entry) continue
    sum.debt_positions += entry.debt ? 1 : 0
    sum.creation_requests += entry.creation_requests
    sum.sessions += entry.sessions
    sum.settlements += entry.debt?.receipts.length ?? 0
    sum.notifications += entry.notifications
  }
  return sum
}
