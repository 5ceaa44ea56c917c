/** What the cents of an amount make the sandbox play. All other cents are normal. */
export const magicCents = {
  '02': 'refused at creation (422, TVD_000)',
  '03': 'refused at creation in the words of old versions (422, title and detail)',
  '04': 'created, but the first answer is lost: the connection breaks after the debt was stored',
  '05': 'the first 2 creation requests get an HTML page with status 200 and create nothing',
  '06': 'the first creation request gets JSON cut short, the second nothing at all, both with 200',
  '08': 'slow: created at once, answered after 2.5 s',
  '09': 'the first creation request is never answered and creates nothing',
  '11': 'the page to pay at comes as a redirect (302), as with pagoPA Checkout',
  '12': 'says ANOMALA while it is not paid',
  '13': 'says a word that nobody knows while it is not paid',
  '14': 'paid with a cent less: says ANOMALA',
  '15': 'says INCASSATA once it is paid',
  '16': 'is told to be owed to another body',
  '17': 'its notice number comes as a JSON number',
  '18': 'refused at creation (500, DOM_002)',
  '19': 'down: the first 3 creation requests get 503',
  '21': 'the page to pay at is over as soon as it was opened, and nobody is told',
  '29': 'the first creation request gets 429 with Retry-After: 1',
  '33': 'when paid, notifies three times at once with the same receipt',
  '34': 'paid twice: notifies two receipts, and says ANOMALA',
  '66': 'paid on another channel: no receipt, a day without a time, no notification',
  '77': 'paid at once by itself after creation, then notifies',
  '88': 'says SCADUTA when asked; one second after the first such answer it is paid and notifies',
} as const

/** How one creation request goes wrong. `lost` and `slow` create the debt, the others do not. */
export type Fault =
  | { readonly kind: 'status'; readonly status: number; readonly code: string | null }
  | { readonly kind: 'body'; readonly type: string; readonly body: string }
  | { readonly kind: 'hang' | 'lost' | 'slow' }

export const slowMs = 2_500
export const lateMs = 1_000

/** The cents of a sum in cents, 4205 → "05". */
export const centsOf = (amount: number): string => String(amount % 100).padStart(2, '0')

const page = {
  kind: 'body',
  type: 'html',
  body: '<!doctype html><title>SANDBOX</title><p>SANDBOX: down for a while',
} as const

/** The faults of the creation requests for an amount, by its cents: the first, the second and so on. */
const faults: Readonly<Record<string, readonly Fault[]>> = {
  '04': [{ kind: 'lost' }],
  '05': [page, page],
  '06': [
    { kind: 'body', type: 'json', body: '{"idDominio":"012' },
    { kind: 'body', type: 'json', body: '' },
  ],
  '09': [{ kind: 'hang' }],
  '19': Array<Fault>(3).fill({ kind: 'status', status: 503, code: null }),
  '29': [{ kind: 'status', status: 429, code: null }],
}
const always: Readonly<Record<string, Fault>> = {
  '02': { kind: 'status', status: 422, code: 'TVD_000' },
  '03': { kind: 'status', status: 422, code: null },
  '08': { kind: 'slow' },
  '18': { kind: 'status', status: 500, code: 'DOM_002' },
}

/** The fault of the nth creation request (the first is 1) for a sum in cents, if its cents ask for one. */
export const faultOf = (amount: number, nth: number): Fault | undefined => {
  const cents = centsOf(amount)
  return always[cents] ?? faults[cents]?.[nth - 1]
}
