import type { Block, Document, PrintedField } from '#ports/rendering'
import type { PaymentCurrent } from '#schemas/generated/types'
import { formatCents } from '#schemas/values/cents'
import { toRomeTime } from '#schemas/values/date-time'
import { InvalidValueError } from '#schemas/values/invalid-value'
import { groupedNoticeCode } from '#schemas/values/notice-code'
import { noticeQrText } from '#schemas/values/notice-qr'

/** The public body a sum is owed to. */
export interface NoticeCreditor {
  readonly name: string
  /** 11 digits. */
  readonly tax_code: string
}

/** A payment that has the number it is paid by. */
export type NoticedPayment = PaymentCurrent & { readonly payment_notice_code: string }

/**
 * The notice of a payment as a document in Italian, for payers whose intermediary gives none. One that is not to be
 * paid any more says so, and has nothing to pay it with. Throws InvalidValueError: no amount, or what has no place in
 * a QR code.
 */
export function noticeOf(payment: NoticedPayment, creditor: NoticeCreditor): Document {
  const { payment_amount: amount, payment_notice_code: notice_code } = payment
  if (amount === null) throw new InvalidValueError('is null', '/amount')
  const qr = noticeQrText({ notice_code, creditor_tax_code: creditor.tax_code, amount })
  const sum = [
    { label: 'Importo', value: italianEuros(amount), isStrong: true },
    { label: 'Da pagare entro', value: deadlineOf(payment.payment_expire_at), isStrong: true },
  ]
  const code = { label: 'Codice avviso', value: groupedNoticeCode(notice_code), isStrong: true }
  const payee = {
    label: 'Codice fiscale ente creditore',
    value: creditor.tax_code,
    isStrong: true,
  }
  const warning = warningOf(payment.status)
  return {
    title,
    language: 'it',
    dated_at: payment.created_at,
    unknownCharacters: 'show',
    blocks: [
      { kind: 'title', text: title },
      ...(warning === undefined ? [] : [{ kind: 'warning', text: warning } as const]),
      ...whatIsOwed(payment, creditor, warning === undefined ? sum : [...sum, code]),
      ...(warning === undefined ? howToPay(qr, [code, payee, ...sum]) : []),
    ],
  }
}

const title = 'Avviso di pagamento'

const payable: readonly string[] = ['PAYMENT_PENDING', 'PAYMENT_STARTED']
const overWarnings: Readonly<Record<string, string>> = {
  COMPLETE: 'Questo importo risulta già pagato: non va pagato di nuovo.',
  CANCELED: 'Questo pagamento è stato annullato: non va pagato.',
  EXPIRED: 'Il termine per pagare è passato: questo avviso non è più valido.',
}

const warningOf = (status: string): string | undefined =>
  payable.includes(status)
    ? undefined
    : (overWarnings[status] ?? 'Questo avviso non è più da pagare.')

const whatIsOwed = (
  payment: NoticedPayment,
  creditor: NoticeCreditor,
  sum: readonly PrintedField[],
): readonly Block[] => [
  { kind: 'heading', text: 'Ente creditore' },
  {
    kind: 'fields',
    fields: [
      { label: 'Denominazione', value: creditor.name },
      { label: 'Codice fiscale', value: creditor.tax_code },
    ],
  },
  { kind: 'heading', text: 'Destinatario' },
  { kind: 'fields', fields: payerFields(payment) },
  { kind: 'heading', text: 'Dettaglio del pagamento' },
  {
    kind: 'fields',
    fields: [...fieldsOf({ Oggetto: payment.reason }), ...sum],
  },
]

const payerFields = (payment: NoticedPayment): readonly PrintedField[] =>
  fieldsOf({
    Nominativo: joined(' ', payment.payer_name, payment.payer_family_name),
    'Codice fiscale': payment.payer_tax_identification_number,
    Indirizzo: addressOf(payment),
  })

function addressOf(payment: NoticedPayment): string {
  const { payer_street_name, building_number, postal_code, town_name } = payment
  const { country_subdivision: province } = payment
  const street = joined(' ', payer_street_name, building_number)
  const town = joined(' ', postal_code, town_name, province && `(${province})`)
  // A province alone is no address.
  return joined(', ', street, joined('', postal_code, town_name) && town)
}

const joined = (separator: string, ...parts: readonly (string | null)[]): string =>
  parts.filter((part) => part?.trim()).join(separator)

/** A field for each that says something. */
const fieldsOf = (values: Readonly<Record<string, string | null>>): readonly PrintedField[] =>
  Object.entries(values).flatMap(([label, value]) => (value?.trim() ? [{ label, value }] : []))

/** What a payer needs at home or at a counter, with or without a camera. */
const howToPay = (qr: string, fields: readonly PrintedField[]): readonly Block[] => [
  { kind: 'heading', text: 'Come pagare' },
  {
    kind: 'fields',
    fields: [
      {
        label: 'Online',
        value:
          "Dall'app o dal sito della tua banca o di chi offre pagamenti pagoPA: inquadra il codice " +
          'QR, oppure scrivi i dati che gli stanno accanto.',
      },
      {
        label: 'Di persona',
        value:
          'In banca, in tabaccheria o a un altro sportello che accetta pagamenti pagoPA: mostra il ' +
          'codice QR, oppure detta gli stessi dati.',
      },
    ],
  },
  { kind: 'qr', text: qr, caption: 'Codice QR per il pagamento', fields },
]

/** Euros as they are written in Italy: `1.234,56 €`. */
function italianEuros(cents: number): string {
  const [euros = '', fraction = ''] = formatCents(cents).split('.')
  return `${euros.replace(/\B(?=(\d{3})+$)/g, '.')},${fraction} €`
}

/** The day in Rome, and the hour where it does not end with the day. */
function deadlineOf(expire_at: string | null): string {
  if (expire_at === null) return 'nessuna scadenza'
  const [day = '', time = ''] = toRomeTime(expire_at).split('T')
  const date = day.split('-').reverse().join('/')
  return time.startsWith('23:59') ? date : `${date}, ore ${time.slice(0, 5)}`
}
