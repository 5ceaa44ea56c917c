/** With requests that wait for longer, whoever comes behind them would hardly be answered in time, milliseconds. */
const waitMsMax = 1_000
/** What was not decided for so long may never have come to the log, milliseconds. */
const forgottenMs = 15_000

interface BacklogOptions {
  readonly partitionOf: (accountId: string) => number
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number
}

/**
 * What was appended to each partition of `debits` and not decided yet, as far as is known here: requests, also those
 * nobody waits for any more, and what gives them back. Where that waits for long nothing is put behind it: it would come
 * too late, be given back, and so keep those that follow waiting, too.
 */
export class Backlog {
  readonly #options: BacklogOptions
  /** By partition: when each event was appended, in that order. */
  readonly #appended = new Map<number, Map<string, number>>()

  constructor(options: BacklogOptions) {
    this.#options = options
  }

  /** Whether what is asked of the account would wait for too long. */
  isTooLong(accountId: string): boolean {
    const { partitionOf, now = () => performance.now() } = this.#options
    const appended = this.#appended.get(partitionOf(accountId))
    if (!appended) return false
    const nowMs = now()
    for (const [eventId, atMs] of appended) {
      if (nowMs - atMs <= forgottenMs) return nowMs - atMs > waitMsMax
      appended.delete(eventId)
    }
    return false
  }

  /** An event is on its way to the log. */
  add(eventId: string, accountId: string): void {
    const { partitionOf, now = () => performance.now() } = this.#options
    const partition = partitionOf(accountId)
    const appended = this.#appended.get(partition) ?? new Map<string, number>()
    this.#appended.set(partition, appended.set(eventId, now()))
  }

  /** An event was decided: what was appended before it is, too, or never came to the log. */
  decided(eventId: string, partition: number): void {
    const appended = this.#appended.get(partition)
    if (!appended?.has(eventId)) return
    for (const before of appended.keys()) {
      appended.delete(before)
      if (before === eventId) return
    }
  }
}
