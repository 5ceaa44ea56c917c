import type { Bitmap, DrawnPage } from '#tests/contract/rendering/page-pen'
import { fontsOf } from '#tests/contract/rendering/pdf-fonts'
import { openPdf, type PdfObjects } from '#tests/contract/rendering/pdf-objects'
import type { PdfDictionary, PdfValue } from '#tests/contract/rendering/pdf-values'
import { readPage } from '#tests/contract/rendering/read-page'

/** A page of a PDF as a reader sees it. */
export interface ReadPage extends DrawnPage {
  /** In points. */
  readonly width: number
  readonly height: number
  readonly areFontsEmbedded: boolean
}

/** A PDF as a reader sees it. */
export interface ReadPdf {
  readonly pages: readonly ReadPage[]
  /** What the file says of itself, in its dictionary and in its metadata. */
  readonly told: readonly string[]
  readonly language: string | undefined
  /** All that is printed above the foot, in the order it is drawn, without blanks: where a line ends is the driver's. */
  readonly text: string
}

/** The lowest points of a page are for its number. */
const footPoints = 46

/** Reads a PDF back. Throws where it is none. */
export function readPdf(bytes: Uint8Array): ReadPdf {
  const pdf = openPdf(bytes)
  const catalogue = pdf.members(pdf.trailer['Root'])
  const pages = pagesOf(pdf, pdf.members(catalogue['Pages']))
  const language = pdf.value(catalogue['Lang'])
  return {
    pages,
    told: [...informationOf(pdf), ...metadataOf(pdf, catalogue)],
    language: language === undefined ? undefined : stringOf(language),
    text: withoutBlanks(pages.flatMap(bodyOf).join('')),
  }
}

const bodyOf = ({ texts }: ReadPage): readonly string[] =>
  texts.flatMap(({ text, y }) => (y < footPoints ? [] : [text]))

export const withoutBlanks = (text: string): string => text.replace(/\s/g, '')

const pagesOf = (pdf: PdfObjects, tree: PdfDictionary): readonly ReadPage[] =>
  pdf.list(tree['Kids']).flatMap((kid) => {
    const members = pdf.members(kid)
    return members['Type'] === '/Pages' ? pagesOf(pdf, members) : [pageOf(pdf, members)]
  })

function pageOf(pdf: PdfObjects, page: PdfDictionary): ReadPage {
  const resources = pdf.members(page['Resources'])
  const fonts = fontsOf(pdf, resources)
  const [, , width, height] = pdf.list(page['MediaBox']).map(Number)
  const contents = pdf.list(page['Contents']).map((one) => pdf.stream(one).toString('latin1'))
  return {
    ...readPage(contents.join('\n'), { fonts, images: imagesOf(pdf, resources) }),
    width: width ?? 0,
    height: height ?? 0,
    areFontsEmbedded: [...fonts.values()].every(({ isEmbedded }) => isEmbedded),
  }
}

function imagesOf(pdf: PdfObjects, resources: PdfDictionary): ReadonlyMap<string, Bitmap> {
  if (resources['XObject'] === undefined) return new Map()
  const images = Object.entries(pdf.members(resources['XObject']))
  return new Map(images.map(([name, image]) => [`/${name}`, bitmapOf(pdf, image)]))
}

/** A row is whole bytes; a bit that is zero is painted, unless `Decode` says one. */
function bitmapOf(pdf: PdfObjects, image: PdfValue | undefined): Bitmap {
  const { Width, Height, BitsPerComponent, ImageMask, Decode } = pdf.members(image)
  if (BitsPerComponent !== 1 || ImageMask !== 'true') throw new Error('reads only masks')
  const [painted = 0] = pdf.list(Decode).map(Number)
  const bytes = pdf.stream(image)
  const rowBytes = Math.ceil(Number(Width) / 8)
  return Array.from({ length: Number(Height) }, (_, row) =>
    Array.from({ length: Number(Width) }, (_, column) => {
      const byte = bytes[row * rowBytes + (column >> 3)]!
      return ((byte >> (7 - (column & 7))) & 1) === painted
    }),
  )
}

function informationOf(pdf: PdfObjects): readonly string[] {
  if (pdf.trailer['Info'] === undefined) return []
  const values = Object.values(pdf.members(pdf.trailer['Info']))
  return values.map((value) => stringOf(pdf.value(value)))
}

function metadataOf(pdf: PdfObjects, { Metadata }: PdfDictionary): readonly string[] {
  if (Metadata === undefined) return []
  const packet = pdf.stream(Metadata).toString('utf8')
  const texts = packet.replace(/<\?.*?\?>/g, '').split(/<[^>]*>/)
  return texts.map((text) => text.trim()).filter((text) => text !== '')
}

/** UTF-16 where it begins with the mark of it. */
function stringOf(value: PdfValue | undefined): string {
  if (!Buffer.isBuffer(value)) throw new Error('a text is expected')
  if (value[0] !== 0xfe || value[1] !== 0xff) return value.toString('latin1')
  return Buffer.from(value.subarray(2)).swap16().toString('utf16le')
}
