/** What lies on an account, minor units of its currency. */
export interface BalanceView {
  readonly account_id: string
  readonly currency: string
  readonly posted: number
  readonly held: number
  readonly branch: number | null
  readonly number: number | null
  /** Of the last decision that changed it, milliseconds since the epoch. */
  readonly decided_at: number
}

/** A line of a statement. Amounts in minor units; below zero where money leaves. */
export interface StatementLineView {
  /** Its place among the lines of the account, from 1. */
  readonly sequence: number
  readonly request_id: string
  readonly type: string
  readonly amount: number
  readonly currency: string
  readonly balance: number
  readonly card_display: string | null
  readonly text: string | null
  readonly booked_at: number
}

/** An entry of the books with its sides. */
export interface EntryView {
  readonly request_id: string
  readonly currency: string
  readonly booked_at: number
  readonly origin_partition: number
  readonly origin_offset: number
  readonly postings: readonly {
    readonly ledger_account: string
    readonly nature: string
    readonly amount: number
  }[]
}

/** Where an entry stands among those of its account. */
export type EntryPlace = Pick<EntryView, 'booked_at' | 'origin_partition' | 'origin_offset'>

/**
 * What was decided and booked, as far as the projection has come: to be shown, never to decide by. Each rejects with
 * TransientError where it cannot be asked.
 */
export interface DebitViews {
  /** Undefined where there is no such account. */
  balance(accountId: string): Promise<BalanceView | undefined>
  /** The newest first, before the place where one is given. */
  statement(
    accountId: string,
    count: number,
    before?: number,
  ): Promise<readonly StatementLineView[]>
  /** The newest first, before the place where one is given. */
  entries(accountId: string, count: number, before?: EntryPlace): Promise<readonly EntryView[]>
  close(): Promise<void>
}
