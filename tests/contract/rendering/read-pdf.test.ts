import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { pdfmakeRenderer } from '#apps/platform/pdfmake-renderer'
import { documentOf, qrBlock } from '#tests/contract/rendering/documents'
import type { Bitmap } from '#tests/contract/rendering/page-pen'
import { drawnModules } from '#tests/contract/rendering/qr-modules'
import { readPdf } from '#tests/contract/rendering/read-pdf'
import { readQr } from '#tests/contract/rendering/read-qr'

const drawn = await pdfmakeRenderer().render(documentOf([qrBlock]))

const streamOf = (members: string, stream: Buffer): Buffer => {
  const deflated = deflateSync(stream)
  const head = `<<${members}/Filter/FlateDecode/Length ${deflated.length}>>stream\n`
  return Buffer.concat([Buffer.from(head), deflated, Buffer.from('\nendstream')])
}

/** Each row in whole bytes, a bit of one where a module is black. */
const bytesOf = (modules: Bitmap): Buffer =>
  Buffer.concat(
    modules.map((row) => {
      const bits = row.map((isBlack) => (isBlack ? '1' : '0')).join('')
      const bytes = bits.padEnd(Math.ceil(bits.length / 8) * 8, '0').match(/.{8}/g) ?? []
      return Buffer.from(bytes.map((byte) => parseInt(byte, 2)))
    }),
  )

const content = `
  q 132 0 0 132 100 600 cm /Q Do Q
  q 0 G 2 0 0 2 10 10 cm 0 0 m 20 0 l S Q
  0.5 g BT /F 10 Tf 100 500 Td (\\000\\001) Tj 14 TL T* [<0002> -500 <0001>] TJ ET % the end
`

/** The objects of a PDF whose values are packed, and whose QR code is an image. */
function packedPdf(): Buffer {
  const { modules } = drawnModules(readPdf(drawn).pages[0]!)
  const count = modules.length
  const values = [
    '<</Type/Catalog/Pages 2 0 R/Lang(it)>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/MediaBox[0 0 595 842]/Resources<</Font<</F 4 0 R>>/XObject<</Q 9 0 R>>>>/Contents[8 0 R]>>',
    '<</Encoding/Identity-H/DescendantFonts[5 0 R]/ToUnicode 7 0 R>>',
    '<</FontDescriptor 6 0 R/DW 400/W[1[600] 2 3 250]>>',
    '<</FontFile3 7 0 R>>',
  ]
  const map = '1 beginbfchar <0001> <0041> endbfchar 1 beginbfrange <0002> <0003> <0042> endbfrange'
  const mask = `/Width ${count}/Height ${count}/BitsPerComponent 1/ImageMask true/Decode[1 0]`
  let packed = ''
  const heads = values.map((value, nth) => {
    const head = `${nth + 1} ${packed.length} `
    packed += `${value}\n`
    return head
  })
  const first = heads.join('')
  return fileOf([
    streamOf('', Buffer.from(map)),
    streamOf('', Buffer.from(content)),
    streamOf(mask, bytesOf(modules)),
    streamOf(`/Type/ObjStm/N ${values.length}/First ${first.length}`, Buffer.from(first + packed)),
  ])
}

/** The file of objects from 7 on, the last of which holds those from 1 to 6; its table is a stream, too. */
function fileOf(objects: readonly Buffer[]): Buffer {
  let file = Buffer.from('%PDF-1.7\n')
  const rows = [[0, 0, 255], ...[0, 1, 2, 3, 4, 5].map((nth) => [2, 10, nth])]
  objects.forEach((object, nth) => {
    rows.push([1, file.length, 0])
    file = Buffer.concat([
      file,
      Buffer.from(`${nth + 7} 0 obj\n`),
      object,
      Buffer.from('\nendobj\n'),
    ])
  })
  const table = rows.map(([kind, place, nth]) => Buffer.of(kind!, place! >> 8, place! & 255, nth!))
  const end = streamOf('/Type/XRef/W[1 2 1]/Size 12/Root 1 0 R', Buffer.concat(table))
  const tail = `\nendobj\nstartxref\n${file.length}\n%%EOF\n`
  return Buffer.concat([file, Buffer.from('11 0 obj\n'), end, Buffer.from(tail)])
}

describe('a PDF that another driver may write', () => {
  const { pages, ...pdf } = readPdf(packedPdf())

  it('is read with its objects packed, its letters mapped one by one, its lines by their distance', () => {
    expect(pdf).toEqual({ told: [], language: 'it', text: 'ABA' })
    expect(pages).toMatchObject([{ width: 595, height: 842, areFontsEmbedded: true }])
    expect(pages[0]!.texts).toEqual([
      { text: 'A', x: 100, y: 500, width: 6, size: 10 },
      { text: 'BA', x: 100, y: 486, width: 13.5, size: 10 },
    ])
    expect(pages[0]!.lines).toEqual([{ x: 10, y: 10, width: 40, height: 0 }])
    expect([...pages[0]!.colours]).toEqual(['black', '0.5'])
  })

  it('may have its QR code as an image', () => {
    expect(readQr(pages[0]!)).toMatchObject({ x: 100, y: 600, size: 132, moduleSize: 4 })
    expect(readQr(pages[0]!).text).toBe(qrBlock.text)
  })
})

describe('a PDF that is damaged', () => {
  const damaged = (from: RegExp, to: string): Uint8Array =>
    Buffer.from(Buffer.from(drawn).toString('latin1').replace(from, to), 'latin1')

  it.each([
    ['object 1 is not at', /\n1 0 obj/, '\n2 0 obj'],
    ['is not as long as it says', /\/Length \d/, '/Length 9'],
    ['has no table', /startxref/, 'startxxxx'],
    ['was changed after it was made', /trailer\n<</, 'trailer\n<</Prev 1'],
  ])('is not read: %s', (reason, from, to) => {
    expect(() => readPdf(damaged(from, to))).toThrow(reason)
  })

  it('is not read where the QR code lacks a module', () => {
    const [page] = readPdf(drawn).pages
    const rectangles = page!.rectangles.filter((_, nth) => nth !== 300)
    expect(() => readQr({ ...page!, rectangles })).toThrow('does not hold')
  })
})
