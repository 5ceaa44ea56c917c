import { codecOf } from '#schemas/codec'
import type { PaymentAnomaly } from '#schemas/generated/types'

/** Fills a value up to about 240 bytes of Avro. */
const filler = 'as long as what a person writes about one payment, and a little longer'

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0')

/** The id of the n-th key: a UUID, so that it passes for a payment's. */
export const keyOf = (n: number): string => `${hex(n, 8)}-0000-8000-8000-${hex(n * 40_503, 12)}`

const idOf = (sequence: number): string => `${hex(sequence, 8)}-1111-8000-8000-${hex(sequence, 12)}`

/** Cents of the n-th event. */
export const centsOf = (sequence: number): number => 100 + (sequence % 1_000)

/** The n-th event of a load: its text begins with its number. */
export const benchEvent = (sequence: number, key: string): PaymentAnomaly => ({
  payment_id: key,
  kind: 'bench',
  message: `${sequence} ${filler}`,
  status: null,
  connector: null,
  tenant_id: null,
  amount: centsOf(sequence),
  transaction_id: null,
  paid_at: null,
  fact_event_id: idOf(sequence),
  event_id: idOf(sequence),
  event_version: '1.0',
  event_created_at: '2026-01-15T10:00:00+01:00',
  app_id: 'bench:1',
})

/** The number an event's text begins with. */
export const sequenceOf = (message: string): number => Number.parseInt(message, 10)

/** Registry ids before the Avro body, as Confluent's clients write them. */
export function framed(schemaId: number, body: Buffer): Buffer {
  const header = Buffer.alloc(5)
  header.writeUInt32BE(schemaId, 1)
  return Buffer.concat([header, body])
}

const anomalies = codecOf('corrente.payments.PaymentAnomaly')

/** An event as bytes of a record. */
export const eventBytes = (schemaId: number, event: PaymentAnomaly): Buffer =>
  framed(schemaId, anomalies.type.toBuffer(event))

// A step that shares no factor with a number of keys that is a power of ten times two or five.
const step = 7_919

/**
 * Which key the n-th event of a load has: every key once before any comes again, in an order that is not the keys'.
 */
export const keyNumberOf = (sequence: number, keys: number): number => (sequence * step) % keys

/** What a unit with state keeps for a key: how many events, their cents, and text up to about 240 bytes. */
export const rowText = (count: number, cents: number, message: string): string =>
  `${count}|${cents}|${message}|${filler}, to be as large as what units keep for a payment`

/** An event counted: the next one tells count and sum of its key so far, and the row keeps both; `before` is its text. */
export function counted(event: PaymentAnomaly, before: string | undefined, transaction_id: string) {
  const { payment_id, message, amount } = event
  const known = rowCounts(before)
  const count = known.count + 1
  const cents = known.cents + (amount ?? 0)
  return {
    next: { ...event, connector: String(count), amount: cents, transaction_id },
    row: { payment_id, status: rowText(count, cents, message) },
  }
}

/** Count and cents of a row, zero where there is none. */
export function rowCounts(text: string | undefined): { readonly count: number; cents: number } {
  if (text === undefined) return { count: 0, cents: 0 }
  const [count, cents] = text.split('|', 2)
  return { count: Number(count), cents: Number(cents) }
}
