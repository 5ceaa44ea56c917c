import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { centsOf, lateMs } from '#connectors/external-page/sandbox-magic'
import { statusOf } from '#connectors/external-page/sandbox-register'
import { formatDateTime } from '#schemas/values/date-time'
import type { Notify } from '#connectors/external-page/sandbox-notifier'
import type { Entry, Owed, Receipt, Register } from '#connectors/external-page/sandbox-register'

/** Takes money, and has it notified. */
export interface Till {
  /** Pays now, or is refused; harmless twice. Undefined where the page has not heard of the payment. */
  pay(iud: string): Entry | undefined
  /** Pays by itself after so many milliseconds. */
  payLater(iud: string, ms: number): void
  /** Notes and notifies that an attempt ended so; money that has come stays. */
  end(iud: string, word: string): void
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
  const delivering = new Set<string>()
  const start = (work: Promise<void>): void => {
    const settled = work.catch(rethrowUnless(signal)).finally(() => running.delete(settled))
    running.add(settled)
  }

  const deliver = async (iud: string): Promise<void> => {
    if (delivering.has(iud)) return
    delivering.add(iud)
    await delay(notifyDelayMs, undefined, { signal })
    for (;;) {
      const entry = register.get(iud)
      const next = entry?.owed[0]
      if (!entry || !next) return void delivering.delete(iud)
      forget(register, iud, await notify(entry.asked.notify, next))
    }
  }

  const put = (entry: Entry): Entry => {
    const kept = register.put(entry)
    start(deliver(entry.iud))
    return kept
  }

  const end = (iud: string, word: string): void => {
    const entry = register.get(iud)
    if (entry && entry.receipts.length === 0) put(told({ ...entry, state: word }))
  }

  const payLater = (iud: string, ms: number): void => {
    start(delay(ms, undefined, { signal }).then(() => void pay(iud)))
  }

  const pay = (iud: string): Entry | undefined => {
    const entry = register.get(iud)
    if (!entry || entry.receipts.length > 0) return entry
    const cents = centsOf(entry.asked.amount)
    if (cents !== '02' && (cents !== '47' || entry.state === 'SETTLING')) return put(paid(entry))
    end(iud, cents === '02' ? 'REFUSED' : 'SETTLING')
    if (cents === '47') payLater(iud, lateMs)
    return register.get(iud)
  }

  const resume = (): void => {
    for (const { iud, asked, owed, receipts, state } of register.all()) {
      if (owed.length > 0) start(deliver(iud))
      const isUnderWay = centsOf(asked.amount) === '77' || state === 'SETTLING'
      if (isUnderWay && receipts.length === 0) payLater(iud, 0)
    }
  }

  return { pay, payLater, end, resume, idle: async () => void (await Promise.all(running)) }
}

const rethrowUnless = (signal: AbortSignal) => (error: unknown) => {
  if (!signal.aborted) throw error
}

const told = (entry: Entry): Entry => ({
  ...entry,
  owed: [...entry.owed, { told: statusOf(entry), isForged: false }],
})

const paid = (entry: Entry): Entry => {
  const cents = centsOf(entry.asked.amount)
  const paid_at = formatDateTime(new Date())
  const receipt = (): Receipt => ({ transaction_id: `XP-${randomUUID()}`, paid_at })
  const receipts = cents === '34' ? [receipt(), receipt()] : [receipt()]
  const settled = { ...entry, receipts, state: 'PAID' }
  const owed = receipts.map((one): Owed => ({ told: statusOf(settled, one), isForged: false }))
  const twice = cents === '33' ? [...owed, ...owed] : owed
  const forged = cents === '44' ? owed.map((one) => ({ ...one, isForged: true })) : []
  return { ...settled, owed: [...entry.owed, ...forged, ...twice] }
}

const forget = (register: Register, iud: string, isTaken: boolean): void => {
  const entry = register.get(iud)
  if (!entry) return
  register.put({
    ...entry,
    notifications: entry.notifications + (isTaken ? 1 : 0),
    owed: entry.owed.slice(1),
  })
}
