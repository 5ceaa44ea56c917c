import { describe, expect, it } from 'vitest'
import { demoMovements } from '#apps/corrente/demo-export/movements'
import { type CsvRecord } from '#streams/exports/csv/csv-record'
import { readCsv } from '#streams/exports/csv/read-csv'

async function recordsOf(seed: number): Promise<readonly CsvRecord[]> {
  const csv = demoMovements({ batch: 'lote-1', receipts: 3, seed })
  const records = []
  for await (const page of readCsv(csv, { required: [] })) records.push(...page.records)
  return records
}
type Line = Record<'debit' | 'credit', string>
const centsOf = (text: string) => Math.round(100 * Number(text))

describe('movements for a demonstration', () => {
  it('are the same for the same seed, and others for another one', async () => {
    const cells = async (seed: number) => (await recordsOf(seed)).map(({ cells }) => cells.values)
    expect(await cells(4)).toEqual(await cells(4))
    expect(await cells(4)).not.toEqual(await cells(5))
  })

  it('add up, receipt by receipt', async () => {
    for (const { cells } of await recordsOf(4)) {
      const lines = JSON.parse(cells.get('movements')!) as Line[]
      const sum = (side: keyof Line) =>
        lines.reduce((all, line) => all + centsOf(line[side] || '0'), 0)
      expect(lines).toHaveLength(12)
      expect(sum('debit')).toBe(centsOf(cells.get('debit_total')!))
      expect(sum('credit')).toBe(centsOf(cells.get('credit_total')!))
    }
  })
})
