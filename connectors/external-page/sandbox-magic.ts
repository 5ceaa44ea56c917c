/** What the cents of an amount make the sandbox play. All other cents are normal. */
export const magicCents = {
  '02': 'refused: whoever pays is sent back, REFUSED is notified, and nothing is paid',
  '04': 'paid, but whoever paid never comes back: the connection breaks after the money was taken',
  '05': 'the first 2 status requests get an HTML page with status 200',
  '08': 'slow: status is answered after 2.5 s',
  '09': 'the first status request is never answered',
  '19': 'down: the first 3 status requests get 503',
  '29': 'the first status request gets 429 with Retry-After: 1',
  '33': 'when paid, notifies twice with the same transaction id',
  '34': 'paid twice: notifies twice, with two different transaction ids',
  '44': 'when paid, a forged notification comes before the true one',
  '45': 'tells of one cent more than it was asked for',
  '46': 'tells of Swiss francs',
  '47': 'says SETTLING when paid; one second later it is PAID',
  '77': 'paid at once by itself when the page is opened, then notifies',
  '88': 'says EXPIRED when asked; one second after the first such answer it is paid and notifies',
} as const
export type MagicCents = keyof typeof magicCents

/** How one status request goes wrong. */
export type Fault =
  | { readonly kind: 'status'; readonly status: number; readonly error: string }
  | { readonly kind: 'html' | 'hang' | 'slow' }

export const slowMs = 2_500
export const lateMs = 1_000

/** The cents of a decimal text, "42.05" → "05". */
export const centsOf = (amount: string): string => amount.slice(-2)

/** The fault of the nth status request (the first is 1) for an amount, if its cents ask for one. */
export const faultOf = (amount: string, nth: number): Fault | undefined => {
  switch (centsOf(amount)) {
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
