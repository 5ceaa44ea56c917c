import { centsOf } from '#connectors/examplepay/sandbox-magic'
import { type KeptLines, openKeptLines } from '#sandboxes/kept-lines'
import type { NewPendency, Pendency, PendencyAddresses } from '#connectors/examplepay/client'
import type { ListedPendency } from '#connectors/examplepay/listed-pendency'

/** One handing over of money. */
export interface Receipt {
  readonly transaction_id: string
  readonly paid_at: string
}

export interface Debt {
  readonly request: NewPendency
  readonly addresses: PendencyAddresses
  readonly notice_number: string
  readonly iuv: string
  readonly created_at: string
  readonly receipts: readonly Receipt[]
  /** Receipts that `notify_url` has not yet taken, in order. */
  readonly owed: readonly Receipt[]
}

/** All the sandbox knows of one iud; `debt` is null while every creation request went wrong. */
export interface Entry {
  readonly iud: string
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

/** The entries by iud, appended as JSON lines to `dataFile` on each change: the last line of an iud counts. */
export interface Register extends KeptLines<Entry> {
  readonly counters: (iud?: string) => Counters
  /** The entry of an iud, or of the number on a notice. */
  find(key: string): Entry | undefined
  /** 13 digits for a new notice code, never given before. */
  nextBase(): string
}

/** Reads `dataFile` when there is one; without it everything is forgotten at stop. */
export const openRegister = (dataFile?: string): Register => {
  const entries = openKeptLines<Entry>(({ iud }) => iud, dataFile)
  let lastBase = 0
  for (const { debt } of entries.all()) {
    lastBase = Math.max(lastBase, Number(debt?.notice_number.slice(3, 16) ?? 0))
  }
  return {
    ...entries,
    find: (key) =>
      entries.get(key) ?? entries.all().find(({ debt }) => debt?.notice_number === key),
    counters: (iud) => totals(iud === undefined ? entries.all() : [entries.get(iud)]),
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

/** The word on a debt. The clock is not looked at: only the magic .88 ever says EXPIRED. */
export const stateOf = ({ request, receipts }: Debt): 'PAID' | 'EXPIRED' | 'UNPAID' => {
  if (receipts.length > 0) return 'PAID'
  return centsOf(request.amount) === '88' ? 'EXPIRED' : 'UNPAID'
}

/** The debt as the API tells it. */
export const pendencyOf = (debt: Debt): Pendency => ({
  code: debt.request.iud,
  state: stateOf(debt),
  notice_number: debt.notice_number,
  iuv: debt.iuv,
  amount: debt.request.amount,
  transaction_id: debt.receipts[0]?.transaction_id ?? null,
  paid_at: debt.receipts[0]?.paid_at ?? null,
})

/** The debt as a list of open ones tells it. */
export const listed = ({ request, notice_number, iuv, created_at }: Debt): ListedPendency => ({
  code: request.iud,
  notice_number,
  iuv,
  amount: request.amount,
  currency: 'EUR',
  reason: request.reason,
  created_at,
  expire_at: request.expire_at,
})
