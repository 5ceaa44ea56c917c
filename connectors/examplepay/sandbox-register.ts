import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { centsOf } from '#connectors/examplepay/sandbox-magic'
import type { NewPendency, Pendency, PendencyAddresses } from '#connectors/examplepay/client'

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
export interface Register {
  get(iud: string): Entry | undefined
  all(): Iterable<Entry>
  put(entry: Entry): Entry
  readonly counters: (iud?: string) => Counters
  /** 13 digits for a new notice code, never given before. */
  nextBase(): string
  close(): void
}

/** Reads `dataFile` when there is one; without it everything is forgotten at stop. */
export const openRegister = (dataFile?: string): Register => {
  const entries = dataFile === undefined ? new Map<string, Entry>() : entriesIn(dataFile)
  const file = dataFile === undefined ? undefined : openSync(dataFile, 'a')
  let lastBase = 0
  for (const { debt } of entries.values()) {
    lastBase = Math.max(lastBase, Number(debt?.notice_number.slice(3, 16) ?? 0))
  }
  return {
    get: (iud) => entries.get(iud),
    all: () => entries.values(),
    put: (entry) => {
      entries.set(entry.iud, entry)
      if (file !== undefined) writeSync(file, `${JSON.stringify(entry)}\n`)
      return entry
    },
    counters: (iud) => totals(iud === undefined ? entries.values() : [entries.get(iud)]),
    // Counted up from the clock, so that a sandbox without a file does not repeat itself when restarted.
    nextBase: () => {
      lastBase = Math.max(lastBase + 1, Date.now())
      return String(lastBase).padStart(13, '0')
    },
    close: () => {
      if (file !== undefined) closeSync(file)
    },
  }
}

const entriesIn = (dataFile: string): Map<string, Entry> => {
  mkdirSync(dirname(dataFile), { recursive: true })
  const entries = new Map<string, Entry>()
  if (!existsSync(dataFile)) return entries
  const lines = readFileSync(dataFile, 'utf8').split('\n')
  const unfinished = lines.pop()
  for (const line of lines.filter(Boolean)) {
    const entry = entryOf(line)
    if (entry) entries.set(entry.iud, entry)
  }
  // A process killed while writing leaves half a line: the next one must start on its own.
  if (unfinished) appendNewline(dataFile)
  return entries
}

const entryOf = (line: string): Entry | undefined => {
  try {
    return JSON.parse(line) as Entry
  } catch {
    return undefined
  }
}

const appendNewline = (dataFile: string): void => {
  const file = openSync(dataFile, 'a')
  writeSync(file, '\n')
  closeSync(file)
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
