import { below, type Random, randomOf } from '#apps/corrente/random'
import { plainCsv, writeCsv } from '#streams/exports/csv/write-csv'

const columns = [
  'issuer',
  'number',
  'batch',
  'holder',
  'document',
  'account',
  'bank',
  'closed_on',
  'status',
  'issued_at',
  'currency',
  'movements',
  'debit_total',
  'credit_total',
  'verification',
] as const

const holders = [
  'Lucía Peña Güell',
  'Ángel Ibáñez Muñoz',
  'Sofía Núñez Ávila',
  'Ramón Ordóñez de la Hoz y Echeverri',
  'Inês Gonçalves Brandão',
  'Zoë Castaño',
]
const descriptions = [
  'Pago de nómina',
  'Transferencia recibida',
  'Comisión por servicio',
  'Pago a proveedor',
  'Devolución de retención',
  'Pago de energía eléctrica',
  'Abono según convenio',
]

const linesPerReceipt = 12

interface Asked {
  readonly batch: string
  readonly receipts: number
  /** The same movements for the same seed. */
  readonly seed: number
}

/** A batch of movements of people who do not exist, as the CSV that the template `receipt@1` prints. */
export const demoMovements = (asked: Asked): AsyncIterable<Uint8Array> =>
  writeCsv(columns, receiptsOf(asked), plainCsv)

function* receiptsOf({ batch, receipts, seed }: Asked): Generator<readonly string[]> {
  const random = randomOf(seed)
  for (let at = 0; at < receipts; at++) yield receiptOf(at, batch, random)
}

function receiptOf(at: number, batch: string, random: Random): readonly string[] {
  const number = `MOV-${String(at).padStart(8, '0')}`
  const { lines, debits, credits } = movementsOf(random)
  const check = below(random, 2 ** 32)
    .toString(16)
    .padStart(8, '0')
  const row: Record<(typeof columns)[number], string> = {
    issuer: 'PAGOS MVP',
    number,
    batch,
    holder: holders[at % holders.length]!,
    document: `CC ${10_000_000 + below(random, 80_000_000)}`,
    account: `****${String(below(random, 10_000)).padStart(4, '0')}`,
    bank: 'Banco de la Nación',
    closed_on: dayOf(below(random, 28)),
    status: 'Aplicado',
    issued_at: '2026-01-31T18:00:00-05:00',
    currency: 'COP',
    movements: JSON.stringify(lines),
    debit_total: decimalOf(debits),
    credit_total: decimalOf(credits),
    verification: `https://pagos.example/v/${batch}/${number}?h=${check}`,
  }
  return columns.map((column) => row[column])
}

function movementsOf(random: Random) {
  let debits = 0
  let credits = 0
  const lines = Array.from({ length: linesPerReceipt }, (_, at) => {
    const cents = 1_000 + below(random, 900_000_000)
    const isDebit = random() < 0.6
    if (isDebit) debits += cents
    else credits += cents
    return {
      number: String(at + 1),
      booked_on: dayOf(below(random, 28)),
      reference: `REF${String(below(random, 1_000_000_000)).padStart(9, '0')}`,
      description: descriptions[below(random, descriptions.length)]!,
      debit: isDebit ? decimalOf(cents) : '',
      credit: isDebit ? '' : decimalOf(cents),
    }
  })
  return { lines, debits, credits }
}

const dayOf = (day: number) => `2026-01-${String(day + 1).padStart(2, '0')}`
const decimalOf = (cents: number) =>
  `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
