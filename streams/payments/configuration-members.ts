import { z } from 'zod'
import { field, readBy } from '#ports/configuration-form'
import { parseAllowedHost } from '#schemas/values/allowed-host'
import { eurosOf, parseCents } from '#schemas/values/cents'
import { parseCollectionData } from '#schemas/values/collection-data'
import { InvalidValueError } from '#schemas/values/invalid-value'
import { parseTaxCode } from '#schemas/values/tax-code'
import { parseUuid } from '#schemas/values/uuid'

const reasonCharactersMax = 255
const nameCharactersMax = 255
const daysMax = 3_650
const sharesMax = 100
const hostsMax = 100

const id = (label: string) => readBy(parseUuid, { label, isHidden: true, isReadOnly: true })

const text = (label: string, charactersMax = nameCharactersMax) =>
  field(z.string().trim().min(1).max(charactersMax), { label })

/** Euros with two decimals at most, kept as a JSON number; a third decimal is nobody's cent. */
export function parseEuros(input: unknown): number {
  if (/[.,]\d{3}/.test(String(input))) throw new InvalidValueError('has more than two decimals')
  return eurosOf(parseCents(input))
}

function parseAmount(input: unknown): number {
  const amount = parseEuros(input)
  if (amount > 0) return amount
  throw new InvalidValueError('is not above zero')
}

const PaymentType = z.preprocess(
  (input) => (typeof input === 'string' ? input.toUpperCase() : input),
  z.enum(['PAGOPA', 'STAMP']),
)

/** What every intermediary is given of a public body. */
export const TenantMembers = z.strictObject({
  id: id('Id of the public body'),
  name: text('Name of the public body'),
  IPA_code: field(z.string().regex(/^\w{1,20}$/, 'is no code of the IPA index'), {
    label: 'IPA code',
    description: 'Its code in the index of public administrations.',
  }).optional(),
  tax_identification_number: readBy(parseTaxCode, { label: 'Tax code of the public body' }),
  allowed_hosts: field(z.array(readBy(parseAllowedHost, { label: 'Host' })).max(hostsMax), {
    label: 'Hosts that payers are sent to',
    description:
      'Where payers pay, and where they land after it: pay.example, pay.example:8443, or *.example for all below. Those of the installation where none is given.',
  }).optional(),
})

const Receiver = z.strictObject({
  tax_identification_number: readBy(parseTaxCode, { label: 'Tax code' }),
  name: text('Name'),
})

const RemoteCollection = z.strictObject({
  id: id('Id of the collection'),
  type: field(z.string().trim().min(1).max(40), { label: 'Kind of collection', isHidden: true }),
})

const Share = z.strictObject({
  split_id: text('Id', 100),
  split_budget_chapter: text('Budget chapter', 100).optional(),
  split_office_code: text('Office', 100).optional(),
  split_assessment: text('Assessment', 100).optional(),
  split_amount: readBy(parseEuros, {
    label: 'Amount',
    description:
      'The last unknown share takes what the others leave; shares that add up to 1.00 are weights.',
    input: 'number',
  }).optional(),
})

/** What every intermediary is given of a digital service's payments. */
export const ServiceMembers = z.strictObject({
  id: id('Id of the digital service'),
  tenant_id: id('Id of the public body'),
  payment_type: field(PaymentType, { label: 'Kind of payment' }).default('PAGOPA'),
  remote_collection: field(RemoteCollection, {
    label: 'Collection the payments belong to',
    isHidden: true,
  }).optional(),
  amount: readBy(parseAmount, { label: 'Amount in euros', input: 'number' }).optional(),
  reason: text('Reason', reasonCharactersMax).optional(),
  expire_at: field(z.int().positive().max(daysMax), {
    label: 'Days in which it can be paid',
  }).optional(),
  receiver: field(Receiver, {
    label: 'Beneficiary',
    description: 'Where it is not the body itself.',
  }).optional(),
  collection_data: readBy(parseCollectionData, {
    label: "pagoPA's taxonomy",
    placeholder: '9/0101002IM/',
  }).optional(),
  split: field(z.array(Share).max(sharesMax), { label: 'Shares of the budget' }).optional(),
})
