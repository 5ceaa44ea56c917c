/** A payment that has not ended, can be asked about, and whose next check is due. */
export interface DuePayment {
  readonly id: string
  /** The intermediary, or whoever else gave the address. */
  readonly connector: string
  /** Where its state is refreshed, and how; as its proxy wrote them. */
  readonly url: string
  readonly method: string
  readonly next_check_at_ms: number
  readonly expire_at_ms: number | null
}

/** Which of the due payments are wanted. */
export interface Wanted {
  /** Since when it waits to be called; undefined where it does not: such ones are neither counted nor given. */
  readonly dueSince: (payment: DuePayment) => number | undefined
  /** Of each connector, those whose deadline is nearest. */
  readonly countMax: number
}

/** What is due at one connector. */
export interface Backlog {
  readonly connector: string
  /** Of all that wait, given or not. */
  readonly count: number
  /** Since when the one waits that waits longest. */
  readonly oldest_ms: number
  /** Nearest deadline first. */
  readonly payments: readonly DuePayment[]
}

/** The payments that have not ended, wherever they are kept. Throws where it cannot be sure of all of them. */
export interface OpenPayments {
  due(nowMs: number, wanted: Wanted): Promise<readonly Backlog[]>
}
