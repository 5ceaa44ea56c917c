import type { Payment } from '#schemas/generated/types'
import { numberOf } from '#tests/bench/payments/bench-payments'

/** The payments of applications, version by version as they are committed. */
export class Creations {
  readonly #openedAtMs = new Map<number, number>()
  readonly #asked = new Set<string>()
  readonly #opened = new Set<string>()
  #failure: Error | undefined

  /** A version that came at a moment, in the order of its partition. */
  add({ id, remote_id, status }: Payment, atMs: number): void {
    const known = this.#opened.has(id) ? 'opened' : this.#asked.has(id) ? 'asked' : 'unknown'
    if (status === 'CREATION_PENDING' && known === 'unknown') {
      this.#asked.add(id)
    } else if (status === 'PAYMENT_PENDING' && known === 'asked') {
      this.#opened.add(id)
      const n = numberOf(remote_id)
      if (this.#openedAtMs.has(n)) this.#fail(`application ${remote_id} has two payments`)
      else this.#openedAtMs.set(n, atMs)
    } else {
      this.#fail(`payment ${id} is ${status} when it is ${known}`)
    }
  }

  /** How many applications have a payment that can be paid. Throws where an order was broken, or one came twice. */
  get count(): number {
    if (this.#failure) throw this.#failure
    return this.#openedAtMs.size
  }

  /** When the payment of the n-th application could be paid. */
  openedAtMs(n: number): number {
    const atMs = this.#openedAtMs.get(n)
    if (atMs === undefined) throw new Error(`application ${n} has no payment yet`)
    return atMs
  }

  #fail(sentence: string): void {
    this.#failure ??= new Error(sentence)
  }
}
