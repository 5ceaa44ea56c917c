import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { centsOf } from '#connectors/mypay/sandbox-magic'
import { formatDateTime } from '#schemas/values/date-time'
import type { Notify } from '#connectors/mypay/sandbox-notifier'
import type { Debt, Entry, Receipt, Register } from '#connectors/mypay/sandbox-register'

/** Takes money for dues, and has it notified. */
export interface Till {
  /** Pays now; harmless twice. Undefined where there is no such due, or it was withdrawn. */
  pay(dueId: string): Entry | undefined
  /** Pays by itself after so many milliseconds. */
  payLater(dueId: string, ms: number): void
  /** Goes on with what an earlier process left undone. */
  resume(): void
  /** Settles once nothing is under way any more; for after `signal` aborted. */
  idle(): Promise<void>
}

interface TillOptions {
  readonly register: Register
  readonly notify: Notify
  readonly notifyDelayMs: number
  /** Gives up all that waits. */
  readonly signal: AbortSignal
}

export const openTill = ({ register, notify, notifyDelayMs, signal }: TillOptions): Till => {
  const running = new Set<Promise<void>>()
  const start = (work: Promise<void>): void => {
    const settled = work.catch(rethrowUnless(signal)).finally(() => running.delete(settled))
    running.add(settled)
  }

  const deliver = async (iud: string): Promise<void> => {
    await delay(notifyDelayMs, undefined, { signal })
    for (;;) {
      const debt = register.get(iud)?.debt
      const receipt = debt?.owed[0]
      if (!debt || !receipt) return
      forget(register, iud, await notify(debt, receipt))
    }
  }

  const pay = (dueId: string): Entry | undefined => {
    const entry = register.get(dueId)
    if (!entry?.debt || entry.debt.isWithdrawn) return undefined
    if (entry.debt.receipts.length > 0) return entry
    const paid = register.put({ ...entry, debt: paidDebt(entry.debt) })
    start(deliver(paid.iud))
    return paid
  }

  const payLater = (dueId: string, ms: number): void => {
    start(delay(ms, undefined, { signal }).then(() => void pay(dueId)))
  }

  const resume = (): void => {
    for (const { iud, debt } of register.all()) {
      if (!debt) continue
      if (debt.owed.length > 0) start(deliver(iud))
      if (debt.receipts.length === 0 && centsOf(debt.amount) === '77') payLater(iud, 0)
    }
  }

  return { pay, payLater, resume, idle: async () => void (await Promise.all(running)) }
}

const rethrowUnless = (signal: AbortSignal) => (error: unknown) => {
  if (!signal.aborted) throw error
}

const paidDebt = (debt: Debt): Debt => {
  const cents = centsOf(debt.amount)
  const paid_at = formatDateTime(new Date())
  const receipt = (): Receipt => ({ collection_id: collectionId(), paid_at })
  const receipts = cents === '34' ? [receipt(), receipt()] : [receipt()]
  return { ...debt, receipts, owed: cents === '33' ? [...receipts, ...receipts] : receipts }
}

// 35 characters at most.
const collectionId = (): string => `MP${randomUUID().replaceAll('-', '')}`

const forget = (register: Register, iud: string, isTaken: boolean): void => {
  const entry = register.get(iud)
  if (!entry?.debt) return
  register.put({
    ...entry,
    notifications: entry.notifications + (isTaken ? 1 : 0),
    debt: { ...entry.debt, owed: entry.debt.owed.slice(1) },
  })
}
