import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import pdfmake from 'pdfmake'
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js'

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

/** What a document of a sandbox is. */
export interface Titled {
  /** Whose sandbox, such as `examplepay`. */
  readonly party: string
  readonly title: string
  /** Date of what it is about, not of the clock: the same document is the same bytes. */
  readonly at: string
}

/** A document as a PDF that says on each page what it is. */
export const pdfOf = ({ party, title, at }: Titled, content: Content[]): Promise<Buffer> => {
  const document: TDocumentDefinitions = {
    pageSize: 'A4',
    pageMargins: [48, 72, 48, 60],
    info: { title: `SANDBOX ${title}`, creationDate: new Date(at), modDate: new Date(at) },
    defaultStyle: { font: 'Roboto', fontSize: 11 },
    watermark: { text: 'SANDBOX', color: '#cc0000', opacity: 0.08, bold: true },
    header: {
      text: `SANDBOX of ${party}: not a real document, nothing is owed and no money moves`,
      color: '#a00000',
      bold: true,
      alignment: 'center',
      margin: [0, 28, 0, 0],
    },
    content: [{ text: title, fontSize: 20, bold: true, margin: [0, 0, 0, 16] }, ...content],
  }
  return pdfmake.createPdf(document).getBuffer()
}

/** Names and values, a line each. */
export const rows = (body: readonly (readonly [string, string])[]): Content => ({
  table: {
    widths: [110, '*'],
    body: body.map(([name, value]) => [{ text: name, color: '#555555' }, { text: value }]),
  },
  layout: 'lightHorizontalLines',
})

/** What the QR code of a notice says, and the code itself; the amount is in cents, two digits at least. */
export const noticeQrText = (noticeCode: string, taxCode: string, amount: string): string => {
  const cents = amount.replace('.', '').replace(/^0+(?=\d{2})/, '')
  return ['PAGOPA', '002', noticeCode, taxCode, cents].join('|')
}

export const qrOf = (text: string): Content => ({
  qr: text,
  eccLevel: 'M',
  fit: 140,
  margin: [0, 24, 0, 0],
})
