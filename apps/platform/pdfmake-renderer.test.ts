import { expect, it } from 'vitest'
import { pdfmakeRenderer } from '#apps/platform/pdfmake-renderer'
import { documentOf, paragraph } from '#tests/contract/rendering/documents'
import { readPdf } from '#tests/contract/rendering/read-pdf'
import { holdsAsRenderer } from '#tests/contract/rendering/renderer-contract'

holdsAsRenderer('pdfmake', pdfmakeRenderer)

it('draws with its own fonts, whatever others make of pdfmake', async () => {
  const { default: pdfmake } = await import('pdfmake')
  const renderer = pdfmakeRenderer()
  const document = documentOf([paragraph('Canone unico')])
  const first = await renderer.render(document)
  const before = { ...pdfmake }
  pdfmake.setFonts({})
  pdfmake.setLocalAccessPolicy(() => false)
  const second = await renderer.render(document).finally(() => Object.assign(pdfmake, before))
  expect(Buffer.compare(second, first)).toBe(0)
  expect(readPdf(first).text).toBe('Canoneunico')
})
