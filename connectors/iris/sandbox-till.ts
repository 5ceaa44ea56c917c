import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { centsOf } from '#connectors/iris/sandbox-magic'
import { informativaOf } from '#connectors/iris/sandbox-payments'
import { formatDateTime } from '#schemas/values/date-time'
import type { Party } from '#connectors/iris/sandbox-messages'
import type { Notify } from '#connectors/iris/sandbox-notifier'
import type { Debt, Entry, Owed, Receipt, Register } from '#connectors/iris/sandbox-register'

/** Takes money for pendencies, and has it told. */
export interface Till {
  /** Pays now; harmless twice. Undefined where there is no such pendency. */
  pay(iud: string): Entry | undefined
  /** Pays by itself after so many milliseconds. */
  payLater(iud: string, ms: number): void
  /** Goes on with what an earlier process left undone. */
  resume(): void
  /** Settles once nothing is under way any more; for after `signal` aborted. */
  idle(): Promise<void>
}

interface TillOptions {
  readonly register: Register
  readonly notify: Notify
  readonly notifyDelayMs: number
  /** The body that is told. */
  readonly known: Party
  /** Gives up all that waits. */
  readonly signal: AbortSignal
}

export const openTill = ({ register, notify, notifyDelayMs, known, signal }: TillOptions): Till => {
  const running = new Set<Promise<void>>()
  const start = (work: Promise<void>): void => {
    const settled = work.catch(rethrowUnless(signal)).finally(() => running.delete(settled))
    running.add(settled)
  }

  const deliver = async (iud: string): Promise<void> => {
    await delay(notifyDelayMs, undefined, { signal })
    for (;;) {
      const { debt, owed, ...entry } = register.of(iud)
      const [next] = owed
      if (!debt || !next) return
      const message = informativaOf({ ...entry, debt, owed }, next, known)
      forget(register, iud, await notify(message, next.isForged))
    }
  }

  const pay = (iud: string): Entry | undefined => {
    const entry = register.get(iud)
    if (!entry?.debt || entry.debt.receipts.length > 0) return entry?.debt ? entry : undefined
    const paid = register.put(paidEntry(entry, entry.debt))
    start(deliver(iud))
    return paid
  }

  const payLater = (iud: string, ms: number): void => {
    start(delay(ms, undefined, { signal }).then(() => void pay(iud)))
  }

  const resume = (): void => {
    for (const { iud, debt, owed } of register.all()) {
      if (owed.length > 0) start(deliver(iud))
      if (debt && debt.receipts.length === 0 && centsOf(debt.amount) === '77') payLater(iud, 0)
    }
  }

  return { pay, payLater, resume, idle: async () => void (await Promise.all(running)) }
}

const rethrowUnless = (signal: AbortSignal) => (error: unknown) => {
  if (!signal.aborted) throw error
}

const paidEntry = (entry: Entry, debt: Debt): Entry => {
  const paid_at = formatDateTime(new Date())
  const receipt = (): Receipt => ({ transaction_id: `IR${newId()}`, paid_at })
  const receipts = centsOf(debt.amount) === '34' ? [receipt(), receipt()] : [receipt()]
  return {
    ...entry,
    debt: { ...debt, receipts },
    owed: receipts.flatMap((one) => owedOf(debt, one)),
  }
}

// 32 hex digits: of nobody we know.
const lookAlike = 'f'.repeat(32)

const owedOf = ({ amount }: Debt, receipt: Receipt): readonly Owed[] => {
  const message = (Esito = 'ESEGUITO', others: readonly string[] = []): Owed => ({
    msgId: newId(),
    told: [{ ...receipt, Esito }],
    others,
    isForged: false,
  })
  const normal = message()
  switch (centsOf(amount)) {
    case '33':
      return [normal, normal]
    case '35':
      return [message('ESEGUITO', ['TARI.2025.17', lookAlike])]
    case '36':
      return ['ESEGUITO', 'REGOLATO', 'INCASSO'].map((stage) => message(stage))
    case '37':
      return [message('REGOLATO')]
    case '44':
      return [{ ...normal, isForged: true }, normal]
    default:
      return [normal]
  }
}

const newId = (): string => randomUUID().replaceAll('-', '')

const forget = (register: Register, iud: string, isTaken: boolean): void => {
  const entry = register.of(iud)
  register.put({
    ...entry,
    notifications: entry.notifications + (isTaken ? 1 : 0),
    owed: entry.owed.slice(1),
  })
}
