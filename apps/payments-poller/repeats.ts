import type { DuePayment } from '#ports/open-payments'

/** What became of a call: an answer, none, one that will not change soon, or no call was made at all. */
export type CallKind = 'answered' | 'failed' | 'refused' | 'forbidden'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute

/** How long the same payment is left alone while its row does not move: at first, and at most; it doubles. */
const waits: Readonly<Record<CallKind, readonly [first: number, most: number]>> = {
  answered: [30 * second, hour],
  failed: [15 * second, 15 * minute],
  refused: [minute, 6 * hour],
  forbidden: [hour, 6 * hour],
}
/** A part of each wait that chance adds, so that what failed together does not come back together. */
const spreadMax = 0.2
/** An entry whose time was over so long ago belongs to a payment that moved or ended. */
const keptMs = 10 * minute

interface Entry {
  readonly next_check_at_ms: number
  readonly tries: number
  readonly untilMs: number
}

/**
 * The payments that were called and whose next check has not moved: a row learns of a check only after a while, and
 * not at all where the proxy is at a loss. Not kept over a restart; the proxy bears a call too many.
 */
export class Repeats {
  readonly #random: () => number
  readonly #entries = new Map<string, Entry>()

  constructor(random: () => number = Math.random) {
    this.#random = random
  }

  /** When it may be called again; undefined where it was not called for this check. */
  untilOf(payment: DuePayment): number | undefined {
    return this.#entryOf(payment)?.untilMs
  }

  /** Calls made for this check so far. */
  triesOf(payment: DuePayment): number {
    return this.#entryOf(payment)?.tries ?? 0
  }

  note(payment: DuePayment, kind: CallKind, nowMs: number): void {
    const { id, next_check_at_ms } = payment
    const tries = this.triesOf(payment) + 1
    const [first, most] = waits[kind]
    const waitMs = Math.min(most, first * 2 ** (tries - 1)) * (1 + spreadMax * this.#random())
    this.#entries.set(id, { next_check_at_ms, tries, untilMs: nowMs + waitMs })
  }

  /** Forgets what is long over. */
  prune(nowMs: number): void {
    for (const [id, { untilMs }] of this.#entries) {
      if (untilMs + keptMs < nowMs) this.#entries.delete(id)
    }
  }

  #entryOf({ id, next_check_at_ms }: DuePayment): Entry | undefined {
    const entry = this.#entries.get(id)
    return entry?.next_check_at_ms === next_check_at_ms ? entry : undefined
  }
}
