import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import pdfmake from 'pdfmake'
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js'
import type { TemplateRecord, TemplateRow } from '#ports/templates'

const fonts = join(
  dirname(createRequire(import.meta.url).resolve('pdfmake/package.json')),
  'fonts/Roboto',
)

/** Prints a receipt as the documentation of pdfmake has it: fonts by their files, one document after the other. */
export function pdfmakeReceipts(): (record: TemplateRecord) => Promise<Buffer> {
  pdfmake.setFonts({
    Roboto: {
      normal: join(fonts, 'Roboto-Regular.ttf'),
      bold: join(fonts, 'Roboto-Medium.ttf'),
      italics: join(fonts, 'Roboto-Italic.ttf'),
      bolditalics: join(fonts, 'Roboto-MediumItalic.ttf'),
    },
  })
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy((path: string) => path.startsWith(fonts))
  return (record) => pdfmake.createPdf(receiptOf(record)).getBuffer()
}

const columns = ['number', 'booked_on', 'reference', 'description', 'debit', 'credit']
const heads = ['#', 'Fecha', 'Referencia', 'Descripción', 'Débito', 'Crédito']
const labels = {
  number: 'Comprobante',
  batch: 'Lote',
  holder: 'Titular',
  document: 'Documento',
  account: 'Cuenta',
  bank: 'Banco',
  closed_on: 'Fecha de corte',
  status: 'Estado',
} as const

function receiptOf(record: TemplateRecord): TDocumentDefinitions {
  const text = (field: string) => record[field] as string
  const shown = Object.entries(labels).map(([field, label]) => [
    { text: label, color: '#555555' },
    { text: text(field), bold: true },
  ])
  const pairs = [0, 2, 4, 6].map((at) => [...shown[at]!, ...shown[at + 1]!])
  const right = (cell: string, at: number) =>
    at > 3 ? { text: cell, alignment: 'right' as const } : cell
  const lines = record['movements'] as readonly TemplateRow[]
  const total = { text: 'Total', colSpan: 4, bold: true }
  return {
    pageSize: 'A4',
    pageMargins: [40, 40, 40, 50],
    info: { title: 'Comprobante' },
    defaultStyle: { font: 'Roboto', fontSize: 9 },
    footer: (page, pages) => ({
      text: `${text('number')} - Página ${page} de ${pages}`,
      alignment: 'center',
      fontSize: 7,
    }),
    content: [
      {
        columns: [
          { text: text('issuer'), fontSize: 20 },
          { text: 'Comprobante', fontSize: 14 },
        ],
      },
      { table: { widths: [80, '*', 80, '*'], body: pairs }, layout: 'noBorders' },
      {
        table: {
          headerRows: 1,
          widths: [16, 52, 72, '*', 82, 82],
          body: [
            heads.map((head) => ({
              text: head,
              bold: true,
              color: '#ffffff',
              fillColor: '#0b3d91',
            })),
            ...lines.map((line) => columns.map((column, at) => right(line[column] ?? '', at))),
            [total, '', '', '', text('debit_total'), text('credit_total')],
          ],
        },
      },
      { columns: [{ width: 100, qr: text('verification'), fit: 80, eccLevel: 'M' }] },
    ],
  }
}
