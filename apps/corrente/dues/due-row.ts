import type { Columns, CsvRow } from '#apps/corrente/dues/csv-rows'
import type { Due } from '#ports/intermediary'
import type { Payer } from '#schemas/generated/types'
import { parseCents } from '#schemas/values/cents'
import { formatDateTime, parseDateTime } from '#schemas/values/date-time'
import { InvalidValueError } from '#schemas/values/invalid-value'
import { parseIud } from '#schemas/values/iud'
import { hasCheckDigits, iuvOf, parseNoticeCode } from '#schemas/values/notice-code'
import { parseTaxCode } from '#schemas/values/tax-code'
import { parseUuid } from '#schemas/values/uuid'
import { cutReason } from '#streams/payments/payment-reason'

/** What a file of dues has in its rows; docs/payments.md says what each is. */
export const dueColumns: Columns = {
  required: ['notice_number', 'amount', 'reason', 'payer_tax_identification_number', 'payer_name'],
  optional: [
    'created_at',
    'expire_at',
    'creditor_tax_identification_number',
    'iud',
    'user_id',
    'payer_family_name',
    'payer_street_name',
    'payer_building_number',
    'payer_postal_code',
    'payer_town_name',
    'payer_country_subdivision',
    'payer_email',
  ],
}

/** Whose citizen nobody told. */
const nobody = '00000000-0000-0000-0000-000000000000'

/** A row as what is owed, and by whom. */
export interface DueRow {
  readonly due: Due
  readonly payer: Payer
  readonly user_id: string
  /** What a person should look at, though it is taken; repeats no value. */
  readonly warnings: readonly string[]
}

/** A cell that cannot be taken: its column and why, never what is in it. */
export class RefusedCell extends Error {
  override name = 'RefusedCell'
  readonly column: string
  constructor(column: string, reason: string) {
    super(reason)
    this.column = column
  }
}

type Cells = CsvRow['cells']

/** Reads a row; `creditor` is the tax code of the public body. Throws RefusedCell for the first cell that is wrong. */
export function readDueRow(cells: Cells, creditor: string): DueRow {
  const notice_code = needed(cells, 'notice_number', (text) =>
    parseNoticeCode(text.replaceAll(' ', '')),
  )
  const reason = needed(cells, 'reason', plainText)
  const due = {
    iud: told(cells, 'iud', parseIud) ?? notice_code,
    notice_code,
    iuv: needed(cells, 'notice_number', () => iuvOf(notice_code)),
    amount: needed(cells, 'amount', amountOf),
    currency: 'EUR',
    reason,
    created_at: told(cells, 'created_at', momentAt('00:00:00')),
    expire_at: told(cells, 'expire_at', momentAt('23:59:59')),
  }
  told(cells, 'creditor_tax_identification_number', (text) => {
    if (parseTaxCode(text) !== creditor) throw new InvalidValueError('is another public body')
  })
  const warnings = [
    ...(hasCheckDigits(notice_code) ? [] : ['notice_number has other check digits than it should']),
    ...(cutReason(reason) === reason ? [] : ['reason is cut to 140 characters']),
  ]
  return {
    due,
    payer: payerIn(cells),
    user_id: told(cells, 'user_id', parseUuid) ?? nobody,
    warnings,
  }
}

function payerIn(cells: Cells): Payer {
  const text = (column: string) => told(cells, column, plainText)
  const tax_code = needed(cells, 'payer_tax_identification_number', parseTaxCode)
  return {
    type: /^\d/.test(tax_code) ? 'legal' : 'human',
    tax_identification_number: tax_code,
    name: needed(cells, 'payer_name', plainText),
    family_name: text('payer_family_name'),
    street_name: text('payer_street_name'),
    building_number: text('payer_building_number'),
    postal_code: text('payer_postal_code'),
    town_name: text('payer_town_name'),
    country_subdivision: text('payer_country_subdivision'),
    country: 'IT',
    email: text('payer_email'),
  }
}

function told<Value>(cells: Cells, column: string, read: (text: string) => Value): Value | null {
  const text = cells.get(column)
  if (text === undefined) return null
  try {
    return read(text)
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error
    throw new RefusedCell(column, error.reason)
  }
}

function needed<Value>(cells: Cells, column: string, read: (text: string) => Value): Value {
  const value = told(cells, column, read)
  if (value === null) throw new RefusedCell(column, 'is empty')
  return value
}

/** Euros as text; a third decimal is nobody's cent, and what groups digits may be a decimal sign. */
function amountOf(text: string): number {
  if (!/^\d{1,10}(?:[.,]\d{1,2})?$/.test(text)) {
    throw new InvalidValueError('is not an amount such as 42.50 or 42,50, without grouping')
  }
  const cents = parseCents(text)
  if (cents === 0) throw new InvalidValueError('is not above zero')
  return cents
}

/** Text that others will open in a spreadsheet, too: what would be a formula there is taken for an attack. */
function plainText(text: string): string {
  if (/^[=+\-@]/.test(text)) throw new InvalidValueError('begins like a formula')
  return text.replace(/[\p{Cc}\s]+/gu, ' ')
}

/** A day is meant as Rome counts it, from its first second or to its last; a time has to say its offset. */
const momentAt = (time: string) => (text: string) => {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return parseDateTime(text)
  const near = Date.parse(`${text}T${time}Z`)
  // No day begins or ends while the clocks are changed.
  const offset = Number.isNaN(near) ? '+01:00' : formatDateTime(new Date(near)).slice(19)
  return parseDateTime(`${text}T${time}${offset}`)
}
