import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import { zipSync } from 'fflate'
import pdfmake from 'pdfmake'
import { creditor } from '#connectors/mypay/sandbox-creditor'
import type { Debt } from '#connectors/mypay/sandbox-register'
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js'

const fontFolder = join(
  dirname(createRequire(import.meta.url).resolve('pdfmake/package.json')),
  'fonts/Roboto',
)

const useFonts = (): void => {
  pdfmake.setFonts({
    Roboto: {
      normal: join(fontFolder, 'Roboto-Regular.ttf'),
      bold: join(fontFolder, 'Roboto-Medium.ttf'),
    },
  })
  // The reason of a due comes from outside: no document may make us read files or addresses.
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy((path) => path.startsWith(fontFolder + sep))
}

/** The archive with the notice to pay with: the same bytes for the same due. */
export const noticeArchive = async (debt: Debt): Promise<Buffer> => {
  const name = `avviso_${creditor.tax_code}_${debt.iuv}.pdf`
  const files = { [name]: await noticePdf(debt) }
  return Buffer.from(zipSync(files, { mtime: new Date(debt.created_at) }))
}

/** The notice itself. */
export const noticePdf = (debt: Debt): Promise<Buffer> => {
  useFonts()
  const noticeCode = `3${debt.iuv}`
  const cents = debt.amount.replace('.', '').replace(/^0+(?=\d{2})/, '')
  const rows: [string, string][] = [
    ['Creditor', `${creditor.name} (${creditor.tax_code})`],
    ['Payer', `${debt.payer.name} (${debt.payer.taxCode})`],
    ['Reason', debt.reason],
    ['Amount', `EUR ${debt.amount}`],
    ['Notice number', noticeCode],
    ['To be paid by', debt.expires_on ?? 'no deadline'],
  ]
  const at = new Date(debt.created_at)
  const document: TDocumentDefinitions = {
    pageSize: 'A4',
    pageMargins: [48, 72, 48, 60],
    // Dates of the due, not of the clock: the same document is the same bytes.
    info: { title: 'SANDBOX Payment notice', creationDate: at, modDate: at },
    defaultStyle: { font: 'Roboto', fontSize: 11 },
    watermark: { text: 'SANDBOX', color: '#cc0000', opacity: 0.08, bold: true },
    header: {
      text: 'SANDBOX of MyPay: not a real document, nothing is owed and no money moves',
      color: '#a00000',
      bold: true,
      alignment: 'center',
      margin: [0, 28, 0, 0],
    },
    content: [
      { text: 'Payment notice', fontSize: 20, bold: true, margin: [0, 0, 0, 16] },
      { table: { widths: [110, '*'], body: rows }, layout: 'lightHorizontalLines' },
      {
        qr: `PAGOPA|002|${noticeCode}|${creditor.tax_code}|${cents}`,
        eccLevel: 'M',
        fit: 140,
        margin: [0, 24, 0, 0],
      },
    ],
  }
  return pdfmake.createPdf(document).getBuffer()
}
