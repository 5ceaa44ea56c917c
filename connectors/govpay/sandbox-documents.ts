import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import pdfmake from 'pdfmake'
import { formatCents } from '#schemas/values/cents'
import type { Debt, Receipt } from '#connectors/govpay/sandbox-register'
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js'

/** The public body all debts of the sandbox are owed to. Fictional. */
export const creditor = { name: 'Comune di Bugliano' } as const

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
  const { pendenza, numeroAvviso, created_at } = debt
  return pdfOf('Payment notice', created_at, [
    rows([
      ...partiesOf(debt),
      ['Amount', `EUR ${formatCents(debt.amount)}`],
      ['Notice number', numeroAvviso ?? 'none'],
      ['To be paid by', pendenza.dataScadenza ?? 'no deadline'],
    ]),
    { qr: qrText(debt), eccLevel: 'M', fit: 140, margin: [0, 24, 0, 0] },
  ])
}

/** The receipt of a paid debt, as a PDF: the same bytes for the same debt. */
export const receiptPdf = (debt: Debt, { id, paid_at, amount }: Receipt): Promise<Buffer> =>
  pdfOf('Payment receipt', paid_at, [
    rows([
      ...partiesOf(debt),
      ['Amount paid', `EUR ${formatCents(amount)}`],
      ['IUV', debt.iuv],
      ['Paid at', paid_at],
      ['Receipt', id],
    ]),
  ])

/** The text of a notice's QR code; the amount is in cents, two digits at least. */
export const qrText = ({ pendenza, numeroAvviso, amount }: Debt): string => {
  const cents = String(amount).padStart(2, '0')
  return ['PAGOPA', '002', numeroAvviso ?? '', pendenza.idDominio, cents].join('|')
}

type Row = readonly [name: string, value: string]

const partiesOf = ({ pendenza }: Debt): readonly Row[] => {
  const { anagrafica = '', identificativo } = pendenza.soggettoPagatore
  return [
    ['Creditor', `${creditor.name} (${pendenza.idDominio})`],
    ['Payer', `${anagrafica} (${identificativo})`],
    ['Reason', pendenza.causale],
  ]
}

const rows = (body: readonly Row[]): Content => ({
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
      text: 'SANDBOX of GovPay: not a real document, nothing is owed and no money moves',
      color: '#a00000',
      bold: true,
      alignment: 'center',
      margin: [0, 28, 0, 0],
    },
    content: [{ text: title, fontSize: 20, bold: true, margin: [0, 0, 0, 16] }, ...content],
  }
  return pdfmake.createPdf(document).getBuffer()
}
