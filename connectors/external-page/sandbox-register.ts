import { centsOf } from '#connectors/external-page/sandbox-magic'
import { type KeptLines, openKeptLines } from '#sandboxes/kept-lines'
import type { PageStatus } from '#connectors/external-page/client'

/** What the page was asked for, the last time it was opened. */
export interface Asked {
  readonly iud: string
  readonly amount: string
  readonly currency: string
  readonly description: string
  readonly landing: string
  readonly notify: string
}

/** One handing over of money. */
export interface Receipt {
  readonly transaction_id: string
  readonly paid_at: string
}

/** What the address of callbacks is still to be told. */
export interface Owed {
  readonly told: PageStatus
  /** Signed by somebody else, and tried once. */
  readonly isForged: boolean
}

/** All the page knows of one payment. */
export interface Entry {
  readonly iud: string
  readonly asked: Asked
  /** The word of the last attempt. */
  readonly state: string
  readonly receipts: readonly Receipt[]
  readonly owed: readonly Owed[]
  readonly pages: number
  readonly status_requests: number
  readonly notifications: number
}

/** Totals, or the numbers of one payment. `notifications` are those a 2xx took, `pages` those that were opened. */
export interface Counters {
  readonly pages: number
  readonly status_requests: number
  readonly settlements: number
  readonly notifications: number
}

/** The entries by iud, appended as JSON lines to `dataFile` on each change: the last line of an iud counts. */
export interface Register extends KeptLines<Entry> {
  readonly counters: (iud?: string) => Counters
}

/** Reads `dataFile` when there is one; without it everything is forgotten at stop. */
export const openRegister = (dataFile?: string): Register => {
  const entries = openKeptLines<Entry>(({ iud }) => iud, dataFile)
  return {
    ...entries,
    counters: (iud) => totals(iud === undefined ? entries.all() : [entries.get(iud)]),
  }
}

const totals = (entries: Iterable<Entry | undefined>): Counters => {
  const sum = { pages: 0, status_requests: 0, settlements: 0, notifications: 0 }
  for (const entry of entries) {
    if (!entry) continue
    sum.pages += entry.pages
    sum.status_requests += entry.status_requests
    sum.settlements += entry.receipts.length
    sum.notifications += entry.notifications
  }
  return sum
}

/** The word on a payment. The clock is not looked at: only the magic .88 ever says EXPIRED. */
export const stateOf = ({ asked, receipts, state }: Entry): string => {
  if (receipts.length > 0) return 'PAID'
  return centsOf(asked.amount) === '88' ? 'EXPIRED' : state
}

/** The payment as the page tells of it. */
export const statusOf = (entry: Entry, receipt = entry.receipts[0]): PageStatus => ({
  iud: entry.iud,
  state: stateOf(entry),
  transaction_id: receipt?.transaction_id ?? null,
  paid_at: receipt?.paid_at ?? null,
  ...sumTold(entry.asked),
})

const sumTold = ({ amount, currency }: Asked): Pick<PageStatus, 'amount' | 'currency'> => {
  const cents = centsOf(amount)
  if (cents === '45') return { amount: `${amount.slice(0, -2)}46`, currency }
  return { amount, currency: cents === '46' ? 'CHF' : currency }
}
