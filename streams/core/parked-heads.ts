import { Call } from '#core/call'
import type { Item } from '#core/item'
import type { Entry, LaneOptions, Settled } from '#core/lane-entries'
import { ParkedKeys, placeOf } from '#core/parked-keys'
import type { InputRecord } from '#core/records'
import { delayMs, isExhausted } from '#core/retry'
import type { ParkedRecord } from '#schemas/generated/types'

interface Head {
  readonly item: Item
  readonly row: ParkedRecord
  readonly call: Call
}

/** How much is parked. */
export interface Parked {
  readonly keys: number
  readonly records: number
}

/** So many are read and put in line in one turn: a restart finds all that ever waited. */
const linedUpMax = 1_000

/** The parked records of one partition: which wait, which are called, and what becomes of them. */
export class ParkedHeads {
  readonly #options: LaneOptions
  readonly #onCall: (call: Call) => void
  readonly #keys = new ParkedKeys()
  readonly #inHand = new Map<string, Head>()
  #lastMs = Infinity

  constructor(options: LaneOptions, onCall: (call: Call) => void) {
    this.#options = options
    this.#onCall = onCall
    for (const { order_key, sequence, due_at } of options.rows.all()) {
      this.#keys.restore(order_key, sequence, due_at)
    }
  }

  get parked(): Parked {
    const { keys, records } = this.#keys
    return { keys, records }
  }

  get isRunning(): boolean {
    return [...this.#inHand.values()].some(({ call }) => !call.result)
  }

  has(orderKey: string): boolean {
    return this.#keys.has(orderKey)
  }

  /** Puts every head that is due in line for its party. */
  lineUp(): void {
    const { task, lines, now } = this.#options
    // Set back, the clock would hold them up until it is where it was; no row waits longer than its policy says.
    if (now() < this.#lastMs) this.#keys.waitAtMost(now() + task.retry.delayMsMax)
    this.#lastMs = now()
    for (let n = 0; n < linedUpMax; n++) {
      const next = this.#keys.take(now())
      if (!next) return
      const place = placeOf(next.orderKey, next.sequence)
      const { party } = this.#rowAt(place)
      lines.join({ party, sinceMs: next.dueMs, call: () => this.#call(this.#rowAt(place)) })
    }
  }

  #rowAt(place: string): ParkedRecord {
    const row = this.#options.rows.get(place)
    if (!row) throw new Error(`parked record ${place} is not in the state`)
    return row
  }

  #call(row: ParkedRecord): void {
    const { task, rows, circuits, surroundings, onTransient, now } = this.#options
    const { party, attempts, first_tried_at } = row
    const item = rows.itemOf(row)
    const { record, value } = item
    const ageMs = now() - (first_tried_at ?? now())
    const isOver = isExhausted(task.retry, attempts, ageMs)
    const call = new Call({
      task,
      record,
      value,
      party,
      attempts,
      ...(isOver ? { exhausted: row.error ?? 'it was not tried' } : {}),
      isTriedInPlace: false,
      circuits,
      surroundings: () => surroundings(record),
      onTransient: (error, attempt) => onTransient(record, error, attempt),
    })
    const firstTried = { ...row, first_tried_at: first_tried_at ?? now() }
    this.#inHand.set(row.order_key, { item, row: firstTried, call })
    this.#onCall(call)
  }

  /** Heads whose calls have ended. */
  collect(): Settled[] {
    const { task, now } = this.#options
    const settled: Settled[] = []
    for (const [orderKey, { item, row, call }] of this.#inHand) {
      const { result } = call
      if (!result) continue
      this.#inHand.delete(orderKey)
      if (result.kind === 'outcome') {
        this.#keys.done(orderKey, now())
        const { outcome } = result
        settled.push({ kind: 'done', item, outcome, place: row.place, orderKey })
      } else {
        const { attempts, reason: error } = result
        const due_at = now() + Math.round(delayMs(task.retry, attempts))
        this.#keys.giveBack(orderKey, due_at)
        settled.push({ kind: 'postponed', item, row: { ...row, attempts, error, due_at } })
      }
    }
    return settled
  }

  /** What becomes of a record that leaves its lane. */
  leaving(entry: Entry): Settled {
    const { item, outcome, orderKey } = entry
    if (item.releases !== undefined) return this.#release(item, item.releases)
    return outcome ? { kind: 'done', item, outcome, orderKey } : this.#park(entry)
  }

  /** The head of a key is due now, in its row too: a process that dies before it is called leaves it due. */
  #release(item: Item, orderKey: string): Settled {
    const due_at = this.#options.now()
    const sequence = this.#keys.release(orderKey, due_at)
    if (sequence === undefined) return { kind: 'released', item, row: undefined }
    const row = { ...this.#rowAt(placeOf(orderKey, sequence)), due_at }
    return { kind: 'released', item, row }
  }

  /** Takes a record out of its lane. Its call, if it has one that is out, goes on as the call of the head. */
  #park({ item, orderKey = '', party = null, call, wait, firstTriedMs }: Entry): Settled {
    const parked_at = this.#options.now()
    const isInHand = call !== undefined && !call.result
    // One that was not tried is due since it came; a foreign writer's clock may be ahead.
    const due_at = Math.round(wait?.dueMs ?? Math.min(item.record.timestamp, parked_at))
    const sequence = this.#keys.append(orderKey, due_at, { isInHand })
    const row = {
      place: placeOf(orderKey, sequence),
      order_key: orderKey,
      sequence,
      party,
      attempts: wait?.attempts ?? 0,
      error: wait?.reason ?? null,
      first_tried_at: firstTriedMs ?? null,
      parked_at,
      due_at,
      record: originalOf(item.record),
    }
    // It leaves its place now: when its call ends, the unit stands elsewhere and must not go back behind it.
    const { behind: _, ...left } = item
    if (isInHand) this.#inHand.set(orderKey, { item: left, row, call })
    return { kind: 'parked', item, row }
  }

  drain(): void {
    for (const { call } of this.#inHand.values()) call.drain()
  }

  abandon(): void {
    for (const { call } of this.#inHand.values()) call.abandon()
    this.#inHand.clear()
  }
}

/** The record as a parked row holds it. */
export const originalOf = ({ headers, ...record }: InputRecord): ParkedRecord['record'] => ({
  ...record,
  headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
})

/** The record a parked row holds. */
export const recordFrom = ({ record }: ParkedRecord): InputRecord => ({
  ...record,
  headers: Object.fromEntries(record.headers.map(({ name, value }) => [name, value])),
})
