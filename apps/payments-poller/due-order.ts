import TinyQueue from 'tinyqueue'
import type { Change, Row } from '#core/rows'
import type { Follower } from '#core/table'
import type { OpenPayment } from '#schemas/generated/types'
import type { DuePayment } from '#ports/open-payments'

interface Entry {
  readonly id: string
  readonly at: number
}

/**
 * The open payments in the order of their next checks. What is asked for costs as much as there is due, however many
 * are open: an entry leaves the queue at its time, whether its row has moved on meanwhile or not.
 */
export class DueOrder implements Follower {
  readonly #payments = new Map<string, DuePayment>()
  readonly #queue = new TinyQueue<Entry>([], (a, b) => a.at - b.at)
  readonly #due = new Set<string>()

  apply(changes: readonly Change[]): void {
    for (const { key, row } of changes) this.set(key, row)
  }

  set(id: string, row: Row | undefined): void {
    this.#due.delete(id)
    const payment = row && toDue(id, row.value as unknown as OpenPayment)
    if (!payment) {
      this.#payments.delete(id)
      return
    }
    this.#payments.set(id, payment)
    this.#queue.push({ id, at: payment.next_check_at_ms })
  }

  /** Every payment that can be asked about and is due at the instant. */
  *dueAt(nowMs: number): Iterable<DuePayment> {
    for (let next = this.#queue.peek(); next && next.at <= nowMs; next = this.#queue.peek()) {
      this.#queue.pop()
      if (this.#payments.get(next.id)?.next_check_at_ms === next.at) this.#due.add(next.id)
    }
    for (const id of this.#due) {
      const payment = this.#payments.get(id)
      // A clock that was set back has nothing due that was before.
      if (payment && payment.next_check_at_ms <= nowMs) yield payment
    }
  }
}

/** Undefined where nobody can be asked. */
function toDue(id: string, row: OpenPayment): DuePayment | undefined {
  const { connector, update_url, update_method, next_check_at_ms, expire_at_ms } = row
  if (update_url === null || update_url === '') return undefined
  return {
    id,
    connector: connector ?? 'unknown',
    url: update_url,
    method: update_method ?? '',
    next_check_at_ms,
    expire_at_ms,
  }
}
