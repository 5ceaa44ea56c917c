import { afterAll, describe, expect, it } from 'vitest'
import { exampleFiles } from '#apps/corrente/dues/example-file'
import { type Importing, importDues, type RowReport } from '#apps/corrente/dues/import-dues'
import { TransientError } from '#core/errors'
import type { Payment } from '#schemas/generated/types'
import type { Unstamped } from '#schemas/topic'
import { idsOfDue } from '#streams/payments/compose-due'
import { heldBytes } from '#tests/held-memory'

const files = exampleFiles()
afterAll(files.remove)

const tenant_id = 'a4f1e2d3-6b7c-4e8f-9a0b-1c2d3e4f5a60'
const place = {
  tenant_id,
  service_id: '7e6b2f90-54d1-4a5e-9d0c-2b8f7c1e4d33',
  connector: 'examplepay',
  creditor: '00000000018',
  landing_url: null,
  imported_at: '2026-01-15T10:00:00+01:00',
  onIgnored: () => undefined,
}
const header = 'notice_number,amount,reason,payer_tax_identification_number,payer_name'
const numbers = ['399202600000000117', '399202600000000218', '399202600000000319'] as const
const row = (number: string, amount = '10.00', taxCode = 'PRVLCU85M15X000R') =>
  `${number},${amount},Rifiuti,${taxCode},Luca`
const idOf = (notice_code: string) => idsOfDue({ notice_code, iud: notice_code }, place)[0]

/** Payments that are there, by what was written. */
function ledger() {
  const written = new Map<string, Unstamped<Payment>>()
  const payments = {
    get: (id: string) => (written.has(id) ? ({ id } as never) : undefined),
    where: () => [],
  }
  return { written, payments }
}

async function imported(
  file: string,
  { written, payments } = ledger(),
  write?: Importing['write'],
): Promise<readonly RowReport[]> {
  const keep = async (payment: Unstamped<Payment>) => void written.set(payment.id, payment)
  const reports: RowReport[] = []
  const told = importDues({ ...place, file, payments, write: write ?? keep })
  for await (const report of told) reports.push(report)
  return reports
}
const accepted = (line: number, number: string) => ({
  line,
  outcome: 'accepted',
  payment_id: idOf(number),
  warnings: [],
})

describe('a file of dues', () => {
  const file = () =>
    files.write(
      [
        header,
        row(numbers[0]),
        row(numbers[1], '1.000,00'),
        row(numbers[1]),
        row(numbers[0]),
        row(numbers[2], '10.00', 'PRVLCU85M15X000A'),
      ].join('\n'),
    )

  it('becomes payments, with a word on each line in its order', async () => {
    const there = ledger()
    expect(await imported(file(), there)).toEqual([
      accepted(2, numbers[0]),
      { line: 3, outcome: 'refused', column: null, reason: 'has 6 cells, and the header 5' },
      accepted(4, numbers[1]),
      { line: 5, outcome: 'present', payment_id: idOf(numbers[0]) },
      {
        line: 6,
        outcome: 'refused',
        column: 'payer_tax_identification_number',
        reason: 'has a wrong check character',
      },
    ])
    expect([...there.written.keys()]).toEqual([idOf(numbers[0]), idOf(numbers[1])])
  })

  it('writes nothing when it comes again', async () => {
    const there = ledger()
    await imported(file(), there)
    const again = await imported(file(), there, () => Promise.reject(new Error('written again')))
    expect(again.filter(({ outcome }) => outcome === 'accepted')).toEqual([])
    expect(again.filter(({ outcome }) => outcome === 'present')).toHaveLength(3)
  })

  it('says nothing of anybody in it', async () => {
    const text = JSON.stringify(await imported(file()))
    expect(text).not.toMatch(/PRVLCU|Luca|Rifiuti|1\.000/)
  })

  it('of which a payment cannot be written is an error, after what was written was told', async () => {
    const failing = imported(file(), ledger(), () => Promise.reject(new TransientError('no Kafka')))
    await expect(failing).rejects.toThrow('no Kafka')
  })

  it('that the documentation shows is good', async () => {
    const outcomes = (await imported('docs/dues.csv')).map(({ outcome }) => outcome)
    expect(outcomes).toEqual(['accepted', 'accepted', 'accepted'])
  })

  it('of 50 MB is told as it is read, and is never in memory as a whole', async () => {
    const count = 50_000
    const padding = 'x'.repeat(950)
    const lines = Array.from({ length: count }, (_, n) =>
      row(`1${String(n).padStart(17, '0')}`).replace('Luca', padding),
    )
    const big = files.write([header, ...lines].join('\n'))
    lines.length = 0
    const before = heldBytes()
    let [told, largest] = [0, 0]
    const { payments } = ledger()
    for await (const report of importDues({
      ...place,
      file: big,
      payments,
      write: async () => 0,
    })) {
      if (report.outcome === 'accepted') told += 1
      if (told % 10_000 === 0) largest = Math.max(largest, heldBytes())
    }
    expect(told).toBe(count)
    // What it remembers of a row is an id.
    expect(largest - before).toBeLessThan(25_000_000)
  }, 60_000)
})
