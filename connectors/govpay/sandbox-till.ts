import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { centsOf } from '#connectors/govpay/sandbox-magic'
import { formatDateTime } from '#schemas/values/date-time'
import type { Notify } from '#connectors/govpay/sandbox-notifier'
import type { Debt, Entry, Receipt, Register } from '#connectors/govpay/sandbox-register'

/** Takes money for debts, and has the application told of it. */
export interface Till {
  /** Pays now; harmless twice. Undefined where there is no such debt, or none to be paid. */
  pay(idPendenza: string): Entry | undefined
  /** Pays by itself after so many milliseconds. */
  payLater(idPendenza: string, ms: number): void
  /** Tells of the start of an attempt, as version 1 does. */
  begin(idPendenza: string): void
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

  // The same receipt may be owed several times: those are told at once, beside each other.
  const deliver = async (idPendenza: string): Promise<void> => {
    await delay(notifyDelayMs, undefined, { signal })
    for (;;) {
      const debt = register.get(idPendenza)?.debt
      const receipt = debt?.owed[0]
      if (!debt || !receipt) return
      const same = debt.owed.filter(({ id }) => id === receipt.id)
      const told = await Promise.all(same.map(() => notify(debt, receipt)))
      forget(register, idPendenza, receipt, told.filter(Boolean).length)
    }
  }

  const pay = (idPendenza: string): Entry | undefined => {
    const entry = register.get(idPendenza)
    if (!entry?.debt || entry.debt.isCancelled) return undefined
    if (entry.debt.receipts.length > 0) return entry
    const paid = register.change(idPendenza, paymentOf(entry.debt))
    start(deliver(idPendenza))
    return paid
  }

  const payLater = (idPendenza: string, ms: number): void => {
    start(delay(ms, undefined, { signal }).then(() => void pay(idPendenza)))
  }

  const begin = (idPendenza: string): void => {
    const debt = register.get(idPendenza)?.debt
    if (debt) start(notify(debt).then((isTaken) => count(register, idPendenza, isTaken ? 1 : 0)))
  }

  const resume = (): void => {
    for (const { idPendenza, debt } of register.all()) {
      if (!debt) continue
      if (debt.owed.length > 0) start(deliver(idPendenza))
      if (debt.receipts.length === 0 && centsOf(debt.amount) === '77') payLater(idPendenza, 0)
    }
  }

  return { pay, payLater, begin, resume, idle: async () => void (await Promise.all(running)) }
}

const rethrowUnless = (signal: AbortSignal) => (error: unknown) => {
  if (!signal.aborted) throw error
}

const paymentOf = ({ amount }: Debt): Pick<Debt, 'receipts' | 'owed'> => {
  const cents = centsOf(amount)
  const paid_at = formatDateTime(new Date())
  const receipt = (): Receipt => ({
    id: randomUUID().replaceAll('-', ''),
    paid_at,
    amount: cents === '14' ? amount - 1 : amount,
  })
  const receipts = cents === '34' ? [receipt(), receipt()] : [receipt()]
  if (cents === '66') return { receipts, owed: [] }
  return { receipts, owed: cents === '33' ? [...receipts, ...receipts, ...receipts] : receipts }
}

const forget = (register: Register, idPendenza: string, { id }: Receipt, taken: number): void => {
  const owed = register.get(idPendenza)?.debt?.owed.filter((each) => each.id !== id) ?? []
  register.change(idPendenza, { owed })
  count(register, idPendenza, taken)
}

const count = (register: Register, idPendenza: string, taken: number): void => {
  const entry = register.get(idPendenza)
  if (entry) register.put({ ...entry, notifications: entry.notifications + taken })
}
