import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js'
import { contentOf, marginPoints, qrBytesMax } from '#apps/platform/pdfmake-content'
import { RejectedError } from '#core/errors'
import type { Document, Renderer } from '#ports/rendering'
import { instantOf } from '#schemas/values/date-time'
import { printedText } from '#schemas/values/printed-text'

/** Draws with pdfmake, which is loaded, with its fonts, for the first document. */
export function pdfmakeRenderer(): Renderer {
  let opened: ReturnType<typeof openPdfmake> | undefined
  const open = () => {
    opened ??= openPdfmake()
    opened.catch(() => (opened = undefined))
    return opened
  }
  return {
    async render(document) {
      const { pdfmake, signs } = await open()
      return pdfmake.createPdf(definitionOf(document, signs)).getBuffer()
    },
  }
}

const family = 'Roboto'
const fontFolder = () =>
  join(dirname(createRequire(import.meta.url).resolve('pdfmake/package.json')), 'fonts', family)

/** pdfmake, and the characters its fonts have a sign for. */
async function openPdfmake() {
  const { default: known } = await import('pdfmake')
  // One of our own: the module's is everybody's who imports it, with its fonts and what it may read.
  const pdfmake = new (known.constructor as new () => typeof known)()
  const folder = fontFolder()
  pdfmake.setFonts({
    [family]: {
      normal: join(folder, 'Roboto-Regular.ttf'),
      bold: join(folder, 'Roboto-Medium.ttf'),
    },
  })
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy((path) => path.startsWith(folder + sep))
  const blank = await pdfmake.createPdf({ content: '' }).getStream()
  const bold = charactersOf(blank, true)
  const inBoth = [...charactersOf(blank, false)].filter((character) => bold.has(character))
  return { pdfmake, signs: new Set(inBoth) }
}

/** Code points the font has a sign for. */
function charactersOf(drawing: unknown, isBold: boolean): ReadonlySet<number> {
  const { font } = (drawing as PdfmakeDrawing).provideFont(family, isBold, false)
  return new Set(font.characterSet)
}

/** What pdfmake draws on, where its types do not tell: the font behind it is fontkit's. */
interface PdfmakeDrawing {
  provideFont(
    family: string,
    isBold: boolean,
    isItalic: boolean,
  ): { readonly font: { readonly characterSet: readonly number[] } }
}

function definitionOf(document: Document, signs: ReadonlySet<number>): TDocumentDefinitions {
  const made = new Date(instantOf(document.dated_at))
  const printed = (text: string) => drawn(text, document, signs)
  checkQrTexts(document)
  return {
    version: '1.7',
    pageSize: 'A4',
    pageMargins: marginPoints,
    language: document.language,
    displayTitle: true,
    info: { title: document.title, creator: 'Corrente', creationDate: made, modDate: made },
    defaultStyle: { font: family, fontSize: 11, color: 'black' },
    footer: (page, pages) =>
      pages > 1 ? { text: `${page} / ${pages}`, fontSize: 9, alignment: 'center' } : null,
    content: document.blocks.map((block) => contentOf(block, printed)),
  }
}

/** The text as the fonts have it. */
function drawn(text: string, document: Document, signs: ReadonlySet<number>): string {
  const characters = [...printedText(text)]
  const unknown = characters.find((character) => !signs.has(character.codePointAt(0)!))
  if (unknown !== undefined && document.unknownCharacters === 'refuse') {
    const point = unknown.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
    throw new RejectedError('no-sign', `the fonts have no sign for U+${point}`)
  }
  return characters
    .map((character) => (signs.has(character.codePointAt(0)!) ? character : '\uFFFD'))
    .join('')
}

function checkQrTexts({ blocks }: Document): void {
  for (const block of blocks) {
    if (block.kind !== 'qr') continue
    const isTold = /^[\x20-\x7E]+$/.test(block.text) && block.text.length <= qrBytesMax
    if (isTold) continue
    const told = `a QR code tells 1 to ${qrBytesMax} printable ASCII characters`
    throw new RejectedError('no-qr', told)
  }
}
