import type { Trouble } from '#soap/endpoint'

/** What the cents of an amount make the sandbox play. All other cents are normal. */
export const magicCents = {
  '02': 'refused at creation: KO with PAA_IDENTIFICATIVO_TIPO_DOVUTO_NON_ABILITATO, HTTP 200',
  '03': 'the first creation request gets KO with PAA_SYSTEM_ERROR and creates nothing',
  '04': 'created, but the first answer is lost: the connection breaks after the due was stored',
  '05': 'the first 2 creation requests get an HTML page with status 200 and create nothing',
  '06': 'the first creation request gets a SOAP fault (500) and creates nothing',
  '07': 'the first creation request gets KO with a fault code nobody knows and creates nothing',
  '08': 'slow: created at once, answered after 2.5 s',
  '09': 'the first creation request is never answered and creates nothing',
  '19': 'down: the first 3 creation requests get an HTML page with 503',
  '29': 'the first creation request gets 429 with Retry-After: 1',
  '33': 'when paid, notifies twice with the same collection id',
  '34': 'paid twice: notifies twice, with two different collection ids',
  '44': 'its documents are encoded once in answers and twice in notifications, not the other way round',
  '55': 'asked while it is open, answers a fault code nobody knows',
  '66': 'asked while it is open, answers with a document: codiceEsitoPagamento 1, an attempt that failed',
  '67': 'asked once it is paid, tells of another amount',
  '68': 'asked once it is paid, tells of another creditor',
  '70': 'listed among the dues of its payer as one of another body',
  '71': 'listed among the dues of its payer in a document that is none',
  '72': 'listed among the dues of its payer without its number',
  '77': 'paid at once by itself after creation, then notifies',
  '88': 'says PAA_PAGAMENTO_SCADUTO when asked; one second after the first such answer it is paid and notifies',
} as const
export type MagicCents = keyof typeof magicCents

/** How one creation request goes wrong. `lost` and `slow` create the due, the others do not. */
export type Scene = { readonly kind: 'fault'; readonly faultCode: string } | Trouble

const slowMs = 2_500
export const lateMs = 1_000

/** The cents of a decimal text, "42.05" → "05". */
export const centsOf = (amount: string): string => amount.slice(-2)

const once = (nth: number, scene: Scene, times = 1): Scene | undefined =>
  nth <= times ? scene : undefined

/** The scene of the nth creation request (the first is 1) for an amount, if its cents ask for one. */
export const sceneOf = (amount: string, nth: number): Scene | undefined => {
  const faultCode = 'PAA_IDENTIFICATIVO_TIPO_DOVUTO_NON_ABILITATO'
  switch (centsOf(amount)) {
    case '02':
      return { kind: 'fault', faultCode }
    case '03':
      return once(nth, { kind: 'fault', faultCode: 'PAA_SYSTEM_ERROR' })
    case '04':
      return once(nth, { kind: 'lost' })
    case '05':
      return once(nth, { kind: 'page', status: 200 }, 2)
    case '06':
      return once(nth, { kind: 'soap-fault' })
    case '07':
      return once(nth, { kind: 'fault', faultCode: unknownFaultCode })
    case '08':
      return { kind: 'slow', ms: slowMs }
    case '09':
      return once(nth, { kind: 'hang' })
    case '19':
      return once(nth, { kind: 'page', status: 503 }, 3)
    case '29':
      return once(nth, { kind: 'page', status: 429 })
    default:
      return undefined
  }
}

/** A fault code that stands in no table. */
export const unknownFaultCode = 'PAA_QUALCOSA_DI_NUOVO'
