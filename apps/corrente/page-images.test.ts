import { inflateSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { pageImages, pngOf } from '#apps/corrente/page-images'
import { exampleRecord, pdfTemplates, shippedTemplates } from '#connectors/pdf-compiled/index'

it('has the dots of a bitmap as they are', () => {
  const dots = [
    [1, 2, 3, 0],
    [4, 5, 6, 0],
    [7, 8, 9, 0],
    [10, 11, 12, 0],
  ]
  const png = pngOf({ width: 2, height: 2, data: Uint8Array.from(dots.flat()) })
  expect([...png.subarray(16, 26)]).toEqual([0, 0, 0, 2, 0, 0, 0, 2, 8, 2])
  const from = png.indexOf('IDAT')
  const rows = inflateSync(png.subarray(from + 4, from + 4 + png.readUInt32BE(from - 4)))
  expect([...rows]).toEqual([0, 1, 2, 3, 4, 5, 6, 0, 7, 8, 9, 10, 11, 12])
})

it('draws a page white, with what is printed on it in its colour', async () => {
  const [template] = shippedTemplates()
  const batch = { language: 'en', characters: 'abcdefghijklmnopqrstuvwxyzEUR0123456789' }
  const pdf = pdfTemplates.compile(template!, batch).render(exampleRecord(template!))
  const [png, ...more] = await pageImages(pdf)
  expect(more).toEqual([])
  const from = png!.indexOf('IDAT')
  const rows = inflateSync(png!.subarray(from + 4, from + 4 + png!.readUInt32BE(from - 4)))
  const colours = new Set<string>()
  for (let at = 1; at + 3 <= rows.length; at += 3) {
    if ((at - 1) % (1 + 3 * 1_190) === 3 * 1_190) at += 1
    colours.add(rows.subarray(at, at + 3).join(' '))
  }
  // The head of a table is blue.
  expect(colours).toContain('255 255 255')
  expect(colours).toContain('11 61 145')
})
