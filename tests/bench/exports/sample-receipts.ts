import { demoMovements } from '#apps/corrente/demo-export/movements'
import type { Template, TemplateRecord } from '#ports/templates'
import { Characters } from '#streams/exports/csv/characters'
import { readCsv } from '#streams/exports/csv/read-csv'
import { printedRecord } from '#streams/exports/printed-record'

/** Receipts of twelve movements each, as records of the template, and all characters that they print. */
export async function sampleReceipts(template: Template, receipts: number) {
  const records: TemplateRecord[] = []
  const characters = new Characters()
  const csv = demoMovements({ batch: 'LOTE-2026-0001', receipts, seed: 7 })
  for await (const page of readCsv(csv, { required: [] })) {
    for (const { cells } of page.records) {
      records.push(printedRecord(template, cells))
      for (const cell of cells.values) characters.add(cell)
    }
  }
  return { records, characters: characters.toString() }
}
