import { createHash } from 'node:crypto'
import type { Faces } from '#connectors/pdf-compiled/faces'
import { hexOfCode, type SubsetFont } from '#connectors/pdf-compiled/font-subset'
import {
  deflate,
  deflated,
  newTable,
  pdfText,
  stretchOf,
  type Stretch,
} from '#connectors/pdf-compiled/pdf-objects'
import { srgbProfile } from '#connectors/pdf-compiled/srgb-profile'

/** The beginning of every file of a batch: its fonts, its colours, and what names the objects that differ. */
export interface Frame {
  readonly bytes: Buffer
  readonly table: Buffer
  /** A hash of its bytes. */
  readonly identity: Uint8Array
  /** The first number that is free. */
  readonly next: number
}

/** Objects that every file has, and that differ by record or by shape. */
export const numbers = { catalogue: 1, pages: 2, metadata: 3, tree: 4, code: 5 } as const

/** What pages are drawn with. */
export const resourcesNumber = 6

const header = Buffer.from('%PDF-1.7\n%\u00E2\u00E3\u00CF\u00D3\n', 'latin1')

interface Framed {
  readonly faces: Faces
  readonly language: string
  readonly hasCode: boolean
}

export function frameOf({ faces, language, hasCode }: Framed): Frame {
  let next = resourcesNumber + 1
  const streams: Stretch['streams'][number][] = []
  const packed = new Map<number, string>()
  const stream = (members: string, body: Uint8Array): number => {
    streams.push({ number: next, members: members + deflated, body: deflate(body) })
    return next++
  }
  const pack = (object: string): number => {
    packed.set(next, object)
    return next++
  }
  const regular = addFont(faces.regular, stream, pack)
  const medium = addFont(faces.medium, stream, pack)
  const profile = stream('/N 3', srgbProfile())
  packed.set(numbers.catalogue, catalogueOf(language, profile))
  const images = hasCode ? `/XObject<</Q ${numbers.code} 0 R>>` : ''
  packed.set(resourcesNumber, `<</Font<</R ${regular} 0 R/M ${medium} 0 R>>${images}>>`)
  const packing = next++
  const table = newTable(next)
  const objects = stretchOf({ streams, packed, packing }, header.length, table)
  const bytes = Buffer.concat([header, objects])
  return { bytes, table, identity: createHash('sha256').update(bytes).digest(), next }
}

function catalogueOf(language: string, profile: number): string {
  const { pages, metadata, tree } = numbers
  const colours = 'sRGB IEC61966-2.1'
  return [
    `<</Type/Catalog/Pages ${pages} 0 R/Metadata ${metadata} 0 R/StructTreeRoot ${tree} 0 R`,
    `/MarkInfo<</Marked true>>/Lang${pdfText(language)}/ViewerPreferences<</DisplayDocTitle true>>`,
    `/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(${colours})`,
    `/Info(${colours})/DestOutputProfile ${profile} 0 R>>]>>`,
  ].join('')
}

/** The objects of a font; the number of the one that pages name. */
function addFont(
  font: SubsetFont,
  stream: (members: string, body: Uint8Array) => number,
  pack: (object: string) => number,
): number {
  const { name, program, ascent, descent, capHeight } = font
  const file = stream(`/Length1 ${program.length}`, program)
  const descriptor = pack(
    `<</Type/FontDescriptor/FontName/${name}/Flags 4/FontBBox[${font.box.join(' ')}]` +
      `/ItalicAngle ${font.italicAngle}/Ascent ${ascent}/Descent ${descent}/CapHeight ${capHeight}` +
      `/StemV 80/FontFile2 ${file} 0 R>>`,
  )
  const descendant = pack(
    `<</Type/Font/Subtype/CIDFontType2/BaseFont/${name}/CIDToGIDMap/Identity` +
      '/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>' +
      `/FontDescriptor ${descriptor} 0 R/DW 0/W[0[${font.widths.join(' ')}]]>>`,
  )
  const texts = stream('', Buffer.from(charactersMap(font), 'latin1'))
  return pack(
    `<</Type/Font/Subtype/Type0/BaseFont/${name}/Encoding/Identity-H` +
      `/DescendantFonts[${descendant} 0 R]/ToUnicode ${texts} 0 R>>`,
  )
}

/** What each code stands for, so that texts can be searched and copied. */
function charactersMap({ characters }: SubsetFont): string {
  const rows = characters.map(
    (character, nth) => `<${hexOfCode(nth + 1)}><${hexOfCode(character.charCodeAt(0))}>`,
  )
  // A hundred at a time is what readers take.
  const lists = rows.flatMap((_, nth) => (nth % 100 === 0 ? [rows.slice(nth, nth + 100)] : []))
  return [
    '/CIDInit/ProcSet findresource begin 12 dict begin begincmap',
    '/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def',
    '/CMapName/Adobe-Identity-UCS def /CMapType 2 def',
    '1 begincodespacerange <0000><ffff> endcodespacerange',
    ...lists.map((list) => `${list.length} beginbfchar\n${list.join('\n')}\nendbfchar`),
    'endcmap CMapName currentdict/CMap defineresource pop end end',
  ].join('\n')
}
