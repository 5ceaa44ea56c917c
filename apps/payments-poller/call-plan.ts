import { Budget, type BudgetSettings } from '#apps/payments-poller/budget'
import { type CallKind, Repeats } from '#apps/payments-poller/repeats'
import type { Backlog, DuePayment } from '#ports/open-payments'

export interface PlanSettings {
  /** Calls out at once, in all. */
  readonly concurrency: number
  /** What each connector is given. */
  readonly perConnector: BudgetSettings
  /** A check begins so much later at most: those of one moment are spread. */
  readonly jitterMs: number
}

/** How a connector is. */
export interface ConnectorState {
  readonly connector: string
  readonly out: number
  readonly failures: number
  /** Only probed: it has failed time and again. */
  readonly isAway: boolean
}

/**
 * Which payments are called, and when. Pure: it is told the time, what is due, and what became of each call. The
 * connectors take turns, each within its own budget; a payment is called once at a time.
 */
export class CallPlan {
  readonly #settings: PlanSettings
  readonly #repeats: Repeats
  readonly #budgets = new Map<string, Budget>()
  readonly #out = new Set<string>()
  #turn = 0

  constructor(settings: PlanSettings, random: () => number = Math.random) {
    this.#settings = settings
    this.#repeats = new Repeats(random)
  }

  /** Since when the payment may be called; undefined where it may not at the instant. */
  dueSince(payment: DuePayment, nowMs: number): number | undefined {
    const { id, next_check_at_ms } = payment
    const since =
      this.#repeats.untilOf(payment) ?? next_check_at_ms + spreadOf(id, this.#settings.jitterMs)
    return since <= nowMs && !this.#out.has(id) ? since : undefined
  }

  /** The calls to begin now; each is to be `ended`. */
  next(backlogs: readonly Backlog[], nowMs: number): readonly DuePayment[] {
    this.#turn += 1
    const waiting = backlogs.map(({ connector, payments }) => ({
      budget: this.#budgetOf(connector),
      payments: payments.values(),
    }))
    const chosen: DuePayment[] = []
    // Whose turn was first is last the next time, so that nobody is first among few places for ever.
    const turns = waiting.map((_, i) => waiting[(i + this.#turn) % waiting.length]!)
    for (let open = turns; open.length > 0;) {
      open = open.filter(({ budget, payments }) => {
        const payment = this.#isFull() ? undefined : this.#first(payments, nowMs)
        if (!payment || !budget.take(nowMs)) return false
        this.#out.add(payment.id)
        chosen.push(payment)
        return true
      })
    }
    return chosen
  }

  /** Notes what became of a call. True where it was the first for this check of the payment. */
  ended(payment: DuePayment, kind: CallKind, nowMs: number): boolean {
    const isFirst = this.#repeats.triesOf(payment) === 0
    this.#out.delete(payment.id)
    // What was refused was answered.
    const isAnswered = kind === 'forbidden' ? undefined : kind !== 'failed'
    this.#budgetOf(payment.connector).give(isAnswered, nowMs)
    this.#repeats.note(payment, kind, nowMs)
    return isFirst
  }

  states(): readonly ConnectorState[] {
    return [...this.#budgets].map(([connector, { out, failures, isAway }]) => ({
      connector,
      out,
      failures,
      isAway,
    }))
  }

  prune(nowMs: number): void {
    this.#repeats.prune(nowMs)
  }

  #isFull(): boolean {
    return this.#out.size >= this.#settings.concurrency
  }

  #first(payments: IterableIterator<DuePayment>, nowMs: number): DuePayment | undefined {
    for (let next = payments.next(); !next.done; next = payments.next()) {
      if (this.dueSince(next.value, nowMs) !== undefined) return next.value
    }
    return undefined
  }

  #budgetOf(connector: string): Budget {
    const budget = this.#budgets.get(connector) ?? new Budget(this.#settings.perConnector)
    this.#budgets.set(connector, budget)
    return budget
  }
}

/** The same for the same id: a part of the longest delay. */
function spreadOf(id: string, jitterMs: number): number {
  let hash = 2_166_136_261
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 16_777_619)
  // Ids that differ at their end only differ in the low bits yet.
  hash = Math.imul(hash ^ (hash >>> 16), 2_246_822_507)
  hash = Math.imul(hash ^ (hash >>> 13), 3_266_489_909)
  return (((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32) * jitterMs
}
