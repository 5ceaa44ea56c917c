/** What the cents of an amount make the sandbox play. All other cents are normal. */
export const magicCents = {
  '02': 'refused at creation (422)',
  '04': 'created, but the first answer is lost: the connection breaks after the debt was stored',
  '05': 'the first 2 creation requests get an HTML page with status 200 and create nothing',
  '08': 'slow: created at once, answered after 2.5 s',
  '09': 'the first creation request is never answered and creates nothing',
  '19': 'down: the first 3 creation requests get 503',
  '29': 'the first creation request gets 429 with Retry-After: 1',
  '33': 'when paid, notifies twice with the same transaction id',
  '34': 'paid twice: notifies twice, with two different transaction ids',
  '77': 'paid at once by itself after creation, then notifies',
  '88': 'says EXPIRED when asked; one second after the first such answer it is paid and notifies',
} as const
export type MagicCents = keyof typeof magicCents

/** How one creation request goes wrong. `lost` and `slow` create the debt, the others do not. */
export type Fault =
  | { readonly kind: 'status'; readonly status: number; readonly error: string }
  | { readonly kind: 'html' | 'hang' | 'lost' | 'slow' }

export const slowMs = 2_500
export const lateMs = 1_000

/** The cents of a decimal text, "42.05" → "05". */
export const centsOf = (amount: string): string => amount.slice(-2)

/** The fault of the nth creation request (the first is 1) for an amount, if its cents ask for one. */
export const faultOf = (amount: string, nth: number): Fault | undefined => {
  switch (centsOf(amount)) {
    case '02':
      return { kind: 'status', status: 422, error: 'amount-refused' }
    case '04':
      return nth === 1 ? { kind: 'lost' } : undefined
    case '05':
      return nth <= 2 ? { kind: 'html' } : undefined
    case '08':
      return { kind: 'slow' }
    case '09':
      return nth === 1 ? { kind: 'hang' } : undefined
    case '19':
      return nth <= 3 ? { kind: 'status', status: 503, error: 'down' } : undefined
    case '29':
      return nth === 1 ? { kind: 'status', status: 429, error: 'too-many-requests' } : undefined
    default:
      return undefined
  }
}
