/** What a request asks for, as far as the books of a caller need it. Amounts in minor units. */
export interface Asked {
  /** Under which it is known, and can be asked again. */
  readonly id: string
  readonly account: string
  readonly type:
    'Debit' | 'Credit' | 'Refund' | 'Authorise' | 'Increment' | 'Post' | 'Void' | 'Reverse'
  /** null where none is named: all of it. */
  readonly amount: number | null
  /** Whether less may be approved. */
  readonly allowsPartial?: boolean
  /** Of a post: whether what it leaves of the hold is released. */
  readonly isFinal?: boolean
  /** The request it is about: the authorisation, or what is undone. */
  readonly about?: string
}

/** What was answered. Amount in minor units, 0 where nothing was done. */
export interface Told {
  readonly code: string
  readonly amount: number
}

export const isApproved = (code: string): boolean => code === '00' || code === '10'
