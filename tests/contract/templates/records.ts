import type { TemplateRecord, TemplateRow } from '#ports/templates'

/** Numbers from 0 to below 1, the same for the same seed. */
function numbersFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let value = Math.imul(state ^ (state >>> 15), 1 | state)
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296
  }
}

const names = ['María José Muñoz Güell', 'Ángel Ibáñez Peña', 'João Conceição', 'Niccolò D’Angiò']
const descriptions = [
  'Pago de nómina',
  'Transferencia recibida',
  'Comisión por servicio',
  'Devolución de retención',
  'Pago de energía eléctrica',
]
const decimal = (cents: number): string =>
  `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
const padded = (value: number, digits: number): string => String(value).padStart(digits, '0')

/** A receipt of the template `receipt@1` with so many movements. */
export function receiptOf(nth: number, rows = 12): TemplateRecord {
  const next = numbersFrom(nth * 2_654_435_761 + 17)
  const below = (limit: number) => Math.floor(next() * limit)
  const totals = { debit: 0, credit: 0 }
  const movements = Array.from({ length: rows }, (_, row): TemplateRow => {
    const cents = 1_000 + below(900_000_000)
    const side = next() < 0.6 ? 'debit' : 'credit'
    totals[side] += cents
    return {
      number: String(row + 1),
      booked_on: `2020-0${1 + below(2)}-${padded(1 + below(28), 2)}`,
      reference: `REF${padded(below(1e9), 9)}`,
      description: descriptions[below(descriptions.length)]!,
      [side]: decimal(cents),
    }
  })
  const number = `MOV-${padded(nth, 8)}`
  return {
    ...{ issuer: 'Pagos', number, batch: 'LOTE-2020-0001', holder: names[nth % names.length]! },
    document: `CC ${10_000_000 + below(8e7)}`,
    account: `****${padded(below(1e4), 4)}`,
    ...{ bank: 'Banco de la Nación', closed_on: '2020-02-29', status: 'Aplicado' },
    ...{ issued_at: '2020-03-01T08:00:00-05:00', currency: 'COP', movements },
    debit_total: decimal(totals.debit),
    credit_total: decimal(totals.credit),
    verification: `https://pagos.example/v/LOTE-2020-0001/${number}?h=${padded(below(1e9), 16)}`,
  }
}

/** A statement of the template `statement@1` with so many entries. */
export const statementOf = (entries: number): TemplateRecord => ({
  ...{ issuer: 'Banco Exemplo', number: '2026-01', holder: 'João Conceição', account: '0001-9' },
  ...{ branch: '', from_on: '2026-01-01', to_on: '2026-01-31', currency: 'BRL' },
  ...{ issued_at: '2026-02-01T00:00:00-03:00', opening_balance: '-12.30' },
  ...{ closing_balance: '1234567.89', paid_in: '1234580.19', paid_out: '0' },
  entries: Array.from({ length: entries }, (_, nth) => ({
    booked_on: `2026-01-${padded(1 + (nth % 31), 2)}`,
    description: `Transferência recebida ${nth + 1}`,
    reference: nth % 3 === 0 ? '' : `E${padded(nth, 8)}`,
    amount: nth % 2 === 0 ? '-0.05' : '1250.00',
    balance: `${1_000 + nth}.10`,
  })),
})

/** A notice of the template `notice@1` with so many items. */
export const noticeOf = (items: number): TemplateRecord => ({
  ...{ issuer: 'Comune di Bugliano', number: '3010 0000 0012 3456 88', currency: 'EUR' },
  ...{ addressee: 'Niccolò D’Angiò', address: 'Piazza Unità 1, 00100 Bugliano (XX)' },
  ...{ document: 'DNGNCL80A01H501U', subject: 'Canone unico patrimoniale 2026' },
  ...{ amount: '142.50', due_on: '2026-03-31', issued_at: '2026-01-07T09:15:02+01:00' },
  items: Array.from({ length: items }, (_, nth) => ({
    description: `Occupazione di suolo pubblico, area ${nth + 1}`,
    amount: '42.50',
  })),
  payment: 'PAGOPA|002|301000000012345688|01234567890|14250',
})

/** Records of the templates that come with the platform, with so many rows. */
export const recordOf: Readonly<Record<string, (rows: number) => TemplateRecord>> = {
  receipt: (rows) => receiptOf(1, rows),
  statement: statementOf,
  notice: noticeOf,
}

const sentence = 'Associação “Señor & Señora” d’Ávila — 100 % <b>válida</b> (50 €), '

/** What makes texts hard to print: long, without a blank, quoted, with marks that are composed and that cannot be. */
export const hardTexts = {
  long: sentence.repeat(12).trim(),
  unbroken: 'W'.repeat(300),
  marked: 'Pen\u0303a, x\u0301y\u0323, A\u030A, n\u0303\u0303',
  short: 'i',
} as const

/** The record with every text of this kind made hard, those of its rows too; what is no such text stays. */
export function hardened(record: TemplateRecord, text: string): TemplateRecord {
  const isPlain = (name: string) =>
    /^(holder|bank|status|issuer|branch|addressee|address|subject|description|reference)$/.test(
      name,
    )
  const all = <Value>(
    values: Readonly<Record<string, Value>>,
    of: (value: Value, name: string) => unknown,
  ) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, of(value, name)]))
  return all(record, (value, name) => {
    if (typeof value === 'string') return isPlain(name) ? text : value
    return value.map((row) => all(row, (cell, column) => (isPlain(column) ? text : cell)))
  }) as TemplateRecord
}
