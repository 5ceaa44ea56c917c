import type { Currency } from '#tests/soak/debits/money'

export type Kind =
  | 'OpenAccount'
  | 'Debit'
  | 'Authorise'
  | 'Increment'
  | 'Post'
  | 'Void'
  | 'Credit'
  | 'Refund'
  | 'Reverse'

/** One try, and what a client saw of it. */
export interface Try {
  /** Epoch milliseconds. */
  readonly sentMs: number
  readonly tookMs: number
  /** Of HTTP; undefined where no answer came. */
  readonly status: number | undefined
  /** The body of the answer; or why there is none. */
  readonly text: string
}

/** What a request asks for. */
export interface Wish {
  readonly id: string
  readonly account: string
  readonly kind: Kind
  readonly currency: Currency
  /** What one unit of its amount adds to what is booked. */
  readonly booking: 1 | 0 | -1
  readonly path: string
  readonly body: Readonly<Record<string, unknown>>
  /** Whether it was undone, and that approved, before it was sent for the first time. */
  readonly isForestalled: boolean
}

/** A request and all that a client was answered. */
export interface Asked extends Wish {
  readonly tries: Try[]
  /** Tries with its id and another content, once it was decided. */
  readonly others: Try[]
}

export const newAsked = (wish: Wish): Asked => ({ ...wish, tries: [], others: [] })

/** Whoever was told 68, or was not answered by an edge that was killed, has nothing taken of these. */
const undoable: readonly Kind[] = ['Debit', 'Authorise', 'Increment', 'Post']

export const isUndoable = ({ kind }: Wish): boolean => undoable.includes(kind)
