import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import pdfmake from 'pdfmake'
import type { Debt, Receipt } from '#connectors/examplepay/sandbox-register'
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js'

/** The public body all debts of the sandbox are owed to. Fictional. */
export const creditor = { name: 'Comune di Bugliano', tax_code: '01234567897' } as const

const fontFolder = join(
  dirname(createRequire(import.meta.url).resolve('pdfmake/package.json')),
  'fonts/Roboto',
)
pdfmake.setFonts({
  Roboto: {
    normal: join(fontFolder, 'Roboto-Regular.ttf'),
    bold: join(fontFolder, 'Roboto-Medium.ttf'),
  },
})
// The reason of a payment comes from outside: no document may make us read files or addresses.
pdfmake.setUrlAccessPolicy(() => false)
pdfmake.setLocalAccessPolicy((path) => path.startsWith(fontFolder + sep))

/** The notice to pay with, as a PDF: the same bytes for the same debt. */
export const noticePdf = (debt: Debt): Promise<Buffer> => {
  const { request, notice_number, created_at } = debt
  return pdfOf('Payment notice', created_at, [
    rows([
      ['Creditor', `${creditor.name} (${creditor.tax_code})`],
      ['Payer', `${request.payer.name} (${request.payer.tax_code})`],
      ['Reason', request.reason],
      ['Amount', `EUR ${request.amount}`],
      ['Notice number', notice_number],
      ['To be paid by', request.expire_at ?? 'no deadline'],
    ]),
    { qr: qrText(debt), eccLevel: 'M', fit: 140, margin: [0, 24, 0, 0] },
  ])
}

/** The receipt of a paid debt, as a PDF: the same bytes for the same debt. */
export const receiptPdf = (debt: Debt, receipt: Receipt): Promise<Buffer> =>
  pdfOf('Payment receipt', receipt.paid_at, [
    rows([
      ['Creditor', `${creditor.name} (${creditor.tax_code})`],
      ['Payer', `${debt.request.payer.name} (${debt.request.payer.tax_code})`],
      ['Reason', debt.request.reason],
      ['Amount paid', `EUR ${debt.request.amount}`],
      ['Notice number', debt.notice_number],
      ['IUV', debt.iuv],
      ['Paid at', receipt.paid_at],
      ['Transaction', receipt.transaction_id],
    ]),
  ])

/** The text of a notice's QR code; the amount is in cents, two digits at least. */
export const qrText = ({ request, notice_number }: Debt): string => {
  const cents = request.amount.replace('.', '').replace(/^0+(?=\d{2})/, '')
  return ['PAGOPA', '002', notice_number, creditor.tax_code, cents].join('|')
}

const rows = (body: readonly (readonly [string, string])[]): Content => ({
  table: {
    widths: [110, '*'],
    body: body.map(([name, value]) => [{ text: name, color: '#555555' }, { text: value }]),
  },
  layout: 'lightHorizontalLines',
})

const pdfOf = (title: string, at: string, content: Content[]): Promise<Buffer> => {
  const document: TDocumentDefinitions = {
    pageSize: 'A4',
    pageMargins: [48, 72, 48, 60],
    // Dates of the debt, not of the clock: the same document is the same bytes.
    info: { title: `SANDBOX ${title}`, creationDate: new Date(at), modDate: new Date(at) },
    defaultStyle: { font: 'Roboto', fontSize: 11 },
    watermark: { text: 'SANDBOX', color: '#cc0000', opacity: 0.08, bold: true },
    header: {
      text: 'SANDBOX of examplepay: not a real document, nothing is owed and no money moves',
      color: '#a00000',
      bold: true,
      alignment: 'center',
      margin: [0, 28, 0, 0],
    },
    content: [{ text: title, fontSize: 20, bold: true, margin: [0, 0, 0, 16] }, ...content],
  }
  return pdfmake.createPdf(document).getBuffer()
}
