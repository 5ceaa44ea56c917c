import { randomUUID } from 'node:crypto'
import type { Json, PaymentName } from '#apps/corrente/conformance/observed'
import { at } from '#apps/corrente/conformance/read-event'

/** A way in which a first event may differ from the plainest one. */
export interface Variant {
  readonly name: PaymentName
  /** Only plain JSON can say it. */
  readonly isOnlyJson?: boolean
  readonly change?: (payment: Json) => Json
  /** Changes the text of plain JSON. */
  readonly spell?: (text: string) => string
}

const version = '"event_version":"2.0"'
const respelt = (as: string) => (text: string) => text.replace(version, `"event_version":${as}`)
const within = (payment: Json, name: string, members: Json): Json => ({
  ...payment,
  [name]: { ...(payment[name] as Json), ...members },
})

const utc = (text: unknown): string => new Date(String(text)).toISOString().replace(/\.\d+Z$/, 'Z')
const zero = (text: unknown): string => utc(text).replace('Z', '+00:00')

/** Those a proxy must take. */
export const takenVariants: readonly Variant[] = [
  { name: 'version-integer', isOnlyJson: true, spell: respelt('2') },
  { name: 'version-float', isOnlyJson: true, spell: respelt('2.0') },
  { name: 'version-short', change: (payment) => ({ ...payment, event_version: '2' }) },
  {
    name: 'dates-other-offsets',
    change: (payment) => ({
      ...within(payment, 'payment', { expire_at: zero(at(payment, 'payment', 'expire_at')) }),
      created_at: utc(payment['created_at']),
      updated_at: utc(payment['updated_at']),
      event_created_at: zero(payment['event_created_at']),
    }),
  },
  {
    name: 'unknown-members',
    isOnlyJson: true,
    change: (payment) => ({
      ...payment,
      path: '/payments',
      source_type: 'http_server',
      timestamp: utc(payment['created_at']),
      'x-forwarded-for': '192.0.2.1',
    }),
  },
  { name: 'creation-again' },
  { name: 'pending-again' },
]

/** Those it may take or refuse. */
export const eitherVariants: readonly Variant[] = [
  {
    name: 'split-null',
    isOnlyJson: true,
    change: (payment) => within(payment, 'payment', { split: null }),
  },
  {
    name: 'split-map',
    isOnlyJson: true,
    change: (payment) =>
      within(payment, 'payment', { split: { c_1: at(payment, 'payment', 'amount') } }),
  },
  {
    name: 'reason-long',
    change: (payment) => ({ ...payment, reason: 'Conformance trial. '.repeat(11) }),
  },
]

/** Those it must leave alone. `inactiveServiceId` is of a service that was made inactive. */
export const ignoredVariants = (inactiveServiceId: string): readonly Variant[] => [
  { name: 'version-1', change: (payment) => ({ ...payment, event_version: '1.0' }) },
  { name: 'version-3', change: (payment) => ({ ...payment, event_version: '3.0' }) },
  { name: 'service-unknown', change: (payment) => ({ ...payment, service_id: randomUUID() }) },
  {
    name: 'service-inactive',
    change: (payment) => ({ ...payment, service_id: inactiveServiceId }),
  },
]

/** Bytes on the topic that are no event of any kind; the same in either encoding. */
export const malformedValues = (payment: Json): readonly (Buffer | null)[] => [
  null,
  Buffer.alloc(0),
  Buffer.from([0]),
  // Avro of a schema that nobody registered.
  Buffer.from([0, 0x7f, 0xff, 0xff, 0xff, 2, 4, 6]),
  Buffer.from('not an event'),
  Buffer.from('{"id":"cut off'),
  Buffer.from([0xff, 0xfe, 0xfd]),
  ...[
    {},
    [],
    null,
    { event_version: '2.0' },
    { ...payment, event_version: {} },
    { ...payment, id: 7 },
    { ...payment, status: 'SOMETHING_NEW' },
    { ...payment, payment: [], links: 'none', payer: null },
    within(payment, 'payment', { amount: 'many' }),
    within(payment, 'payment', { amount: -1 }),
    { ...payment, created_at: 'yesterday' },
  ].map((value) => Buffer.from(JSON.stringify(value))),
]
