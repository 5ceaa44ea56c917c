import type { Content, TableCell, TableLayout } from 'pdfmake/interfaces.js'
import type { Block, PrintedField } from '#ports/rendering'

/** Points between the edges of an A4 page and what is on it. */
export const marginPoints = 48
const pageWidth = 595.28
const padding = 8
const frameWidth = 1

// Widths are numbers: a column that is measured by its text grows with a long word, out of the page.
const contentWidth = pageWidth - 2 * marginPoints
const framedWidth = contentWidth - 2 * frameWidth - 2 * padding
const labelWidth = 140
const valueWidth = contentWidth - labelWidth - 2 * padding

/** A QR code is this wide with its quiet zone, a little less where its squares would not be whole points. */
const qrWidth = 164
const quietModules = 4

/** What stands with a QR code stays with it on a page, up to so much that surely fits one. */
const togetherCharactersMax = 400

/** A text as it is drawn. */
export type Printed = (text: string) => string

/** A block in pdfmake's words. */
export function contentOf(block: Block, printed: Printed): Content {
  switch (block.kind) {
    case 'title':
      return tableOf({
        widths: [contentWidth],
        body: [[{ text: printed(block.text), fontSize: 22, bold: true }]],
        layout: underlined,
      })
    case 'heading':
      return { text: printed(block.text), fontSize: 12, bold: true, margin: [0, 10, 0, 2] }
    case 'paragraph':
      return { text: printed(block.text), margin: [0, 4, 0, 4] }
    case 'warning':
      return tableOf({
        widths: [framedWidth],
        body: [[{ text: printed(block.text), fontSize: 14, bold: true }]],
        layout: framed,
      })
    case 'fields':
      if (block.fields.length === 0) return []
      return tableOf({
        widths: [labelWidth, valueWidth],
        body: block.fields.map((field) => rowOf(field, printed)),
        layout: ruled,
      })
    case 'qr':
      return tableOf({
        widths: [qrWidth, framedWidth - qrWidth - 2 * padding],
        body: [qrRow(block, printed)],
        layout: framed,
        dontBreakRows: charactersOf(block) <= togetherCharactersMax,
      })
  }
}

interface Table {
  readonly widths: number[]
  readonly body: TableCell[][]
  readonly layout: TableLayout
  readonly dontBreakRows?: boolean
}

const tableOf = ({ layout, ...table }: Table): Content => ({
  table,
  layout,
  margin: [0, 4, 0, 6],
})

const underlined: TableLayout = {
  hLineWidth: (line) => (line === 0 ? 0 : 1.5),
  vLineWidth: () => 0,
  paddingLeft: () => 0,
  paddingRight: () => 0,
  paddingTop: () => 0,
  paddingBottom: () => 4,
}

const framed: TableLayout = {
  hLineWidth: () => frameWidth,
  vLineWidth: (line, { table }) => (line === 0 || line === table.widths?.length ? frameWidth : 0),
  paddingLeft: () => padding,
  paddingRight: () => padding,
  paddingTop: () => padding,
  paddingBottom: () => padding,
}

const ruled: TableLayout = {
  hLineWidth: () => 0.5,
  vLineWidth: () => 0,
  paddingLeft: () => 0,
  paddingRight: () => padding,
  paddingTop: () => 3.5,
  paddingBottom: () => 3.5,
}

const rowOf = ({ label, value, isStrong = false }: PrintedField, printed: Printed): TableCell[] => [
  // On the line that a larger value stands on.
  { text: printed(label), margin: [0, isStrong ? 3 : 0, 0, 0] },
  { text: printed(value), bold: isStrong, fontSize: isStrong ? 14 : 11 },
]

type QrBlock = Extract<Block, { kind: 'qr' }>

const qrRow = (block: QrBlock, printed: Printed): TableCell[] => [
  {
    stack: [
      // The text itself: what a machine reads is not what is printed.
      { qr: block.text, mode: 'octet', eccLevel: 'M', ...qrSize(block.text) },
      { text: printed(block.caption), fontSize: 9, alignment: 'center', margin: [0, 2, 0, 0] },
    ],
  },
  { stack: block.fields.map((field) => standing(field, printed)), margin: [0, 12, 0, 0] },
]

const charactersOf = ({ caption, fields }: QrBlock): number =>
  fields.reduce((sum, { label, value }) => sum + label.length + value.length, caption.length)

const standing = ({ label, value, isStrong = false }: PrintedField, printed: Printed): Content => [
  { text: printed(label), fontSize: 9 },
  {
    text: printed(value),
    bold: isStrong,
    fontSize: isStrong ? 16 : 11,
    margin: [0, 0, 0, 10],
  },
]

// Bytes that a QR code of level M holds, by its version.
const bytesMax = [
  14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666,
]

/** The longest text of a QR code: a denser one would be hard to read from paper. */
export const qrBytesMax = bytesMax.at(-1)!

/** In pdfmake's words; its `fit` is without the quiet zone. */
function qrSize(text: string) {
  const version = 1 + bytesMax.findIndex((max) => text.length <= max)
  const modules = 17 + 4 * version
  return { padding: quietModules, fit: (qrWidth * modules) / (modules + 2 * quietModules) }
}
