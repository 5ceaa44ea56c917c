import TinyQueue from 'tinyqueue'

/** What is kept in memory of one order key with parked records: which rows it has, and when its head is due. */
interface ParkedKey {
  first: number
  last: number
  dueMs: number
  /** A head in hand or in line for its party is not due, whatever the clock says. */
  isWaiting: boolean
}

interface Due {
  readonly orderKey: string
  readonly dueMs: number
  /** Of two that are due at once, the one that came first is. */
  readonly place: number
}

/** A head that is due. */
interface DueHead {
  readonly orderKey: string
  readonly sequence: number
  /** Since when. */
  readonly dueMs: number
}

/** Key of the changelog row of a parked record. */
export const placeOf = (orderKey: string, sequence: number): string =>
  `${orderKey}/${String(sequence).padStart(12, '0')}`

/**
 * The order keys of one partition that have parked records. Their rows lie in the unit's state; here is only what
 * decides which is next. The head of a key is handled first, its followers after it, in their order.
 */
export class ParkedKeys {
  readonly #keys = new Map<string, ParkedKey>()
  readonly #due = new TinyQueue<Due>([], (a, b) => a.dueMs - b.dueMs || a.place - b.place)
  #records = 0
  #places = 0

  /** Takes over a row found at the start, in any order. */
  restore(orderKey: string, sequence: number, dueMs: number): void {
    this.#records += 1
    const known = this.#keys.get(orderKey)
    if (!known) return this.#begin(orderKey, sequence, dueMs)
    known.last = Math.max(known.last, sequence)
    if (sequence > known.first) return
    known.first = sequence
    this.#wait(orderKey, known, dueMs)
  }

  has(orderKey: string): boolean {
    return this.#keys.has(orderKey)
  }

  get keys(): number {
    return this.#keys.size
  }

  get records(): number {
    return this.#records
  }

  /** Queues a record behind those of its key; answers its sequence. A head in hand is not due again. */
  append(orderKey: string, dueMs: number, { isInHand = false } = {}): number {
    this.#records += 1
    const known = this.#keys.get(orderKey)
    if (known) return (known.last += 1)
    if (isInHand) {
      this.#keys.set(orderKey, { first: 1, last: 1, dueMs, isWaiting: false })
    } else this.#begin(orderKey, 1, dueMs)
    return 1
  }

  /** The head that has been due longest, now in hand; undefined where none is. */
  take(nowMs: number): DueHead | undefined {
    for (let next = this.#due.peek(); next && next.dueMs <= nowMs; next = this.#due.peek()) {
      this.#due.pop()
      const key = this.#keys.get(next.orderKey)
      // Left behind by a due time that was changed since.
      if (!key?.isWaiting || key.dueMs !== next.dueMs) continue
      key.isWaiting = false
      return { orderKey: next.orderKey, sequence: key.first, dueMs: key.dueMs }
    }
    return undefined
  }

  /** The head in hand goes back and is due later. */
  giveBack(orderKey: string, dueMs: number): void {
    const key = this.#keys.get(orderKey)
    if (key) this.#wait(orderKey, key, dueMs)
  }

  /** The head of a key that waits for the clock is due now; answers its sequence, undefined where none waits. */
  release(orderKey: string, nowMs: number): number | undefined {
    const key = this.#keys.get(orderKey)
    if (!key?.isWaiting || key.dueMs <= nowMs) return undefined
    this.#wait(orderKey, key, nowMs)
    return key.first
  }

  /** No head waits for the clock any longer than until then. */
  waitAtMost(dueMs: number): void {
    for (const [orderKey, key] of this.#keys) {
      if (key.isWaiting && key.dueMs > dueMs) this.#wait(orderKey, key, dueMs)
    }
  }

  /** The head in hand is done: its follower, if any, is due at once. */
  done(orderKey: string, nowMs: number): void {
    const key = this.#keys.get(orderKey)
    if (!key) return
    this.#records -= 1
    if (key.first === key.last) return void this.#keys.delete(orderKey)
    key.first += 1
    this.#wait(orderKey, key, nowMs)
  }

  #begin(orderKey: string, sequence: number, dueMs: number): void {
    const key = { first: sequence, last: sequence, dueMs, isWaiting: true }
    this.#keys.set(orderKey, key)
    this.#wait(orderKey, key, dueMs)
  }

  #wait(orderKey: string, key: ParkedKey, dueMs: number): void {
    key.dueMs = dueMs
    key.isWaiting = true
    this.#due.push({ orderKey, dueMs, place: this.#places++ })
  }
}
