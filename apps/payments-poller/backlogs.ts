import type { Backlog, DuePayment, Wanted } from '#ports/open-payments'

interface Growing {
  count: number
  oldest_ms: number
  payments: DuePayment[]
}

/** Sorts due payments into backlogs, one by one, in bounded memory: of any number only the wanted ones are kept. */
export class Backlogs {
  readonly #nowMs: number
  readonly #wanted: Wanted
  readonly #byConnector = new Map<string, Growing>()

  constructor(nowMs: number, wanted: Wanted) {
    this.#nowMs = nowMs
    this.#wanted = wanted
  }

  add(payment: DuePayment): void {
    const since = this.#wanted.dueSince(payment)
    if (since === undefined) return
    const { connector } = payment
    const backlog = this.#byConnector.get(connector) ?? {
      count: 0,
      oldest_ms: since,
      payments: [],
    }
    this.#byConnector.set(connector, backlog)
    backlog.count += 1
    backlog.oldest_ms = Math.min(backlog.oldest_ms, since)
    backlog.payments.push(payment)
    if (backlog.payments.length >= 2 * this.#wanted.countMax) this.#cut(backlog)
  }

  /** In the order of the connectors' names. */
  list(): readonly Backlog[] {
    return [...this.#byConnector]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([connector, backlog]) => ({ connector, ...this.#cut(backlog) }))
  }

  #cut(backlog: Growing): Growing {
    backlog.payments.sort((a, b) => byDeadline(a, b, this.#nowMs))
    backlog.payments.length = Math.min(backlog.payments.length, this.#wanted.countMax)
    return backlog
  }
}

/**
 * Nearest deadline first: until it the payer may still pay. Then those whose deadline has passed, then those without
 * one; among equals the one that waits longest.
 */
export function byDeadline(a: DuePayment, b: DuePayment, nowMs: number): number {
  return (
    groupOf(a, nowMs) - groupOf(b, nowMs) ||
    (a.expire_at_ms ?? 0) - (b.expire_at_ms ?? 0) ||
    a.next_check_at_ms - b.next_check_at_ms ||
    (a.id < b.id ? -1 : Number(a.id > b.id))
  )
}

function groupOf({ expire_at_ms }: DuePayment, nowMs: number): number {
  if (expire_at_ms === null) return 2
  return expire_at_ms >= nowMs ? 0 : 1
}
