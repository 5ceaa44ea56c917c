import { PDFiumLibrary } from '@hyzyla/pdfium'
import { expect, it } from 'vitest'
import { pdfTemplates, shippedTemplates } from '#connectors/pdf-compiled/index'
import { charactersOf } from '#ports/template-characters'
import { noticeOf } from '#tests/contract/templates/records'

/** What the library of Chrome copies from the pages, a blank for each end of a line. */
async function copiedFrom(pdf: Uint8Array): Promise<string> {
  const library = await PDFiumLibrary.init()
  const document = await library.loadDocument(pdf)
  const texts = [...document.pages()].map((page) => page.getText())
  document.destroy()
  library.destroy()
  return texts.join(' ').replace(/\s+/g, ' ')
}

it('words that another reader copies are those that were printed', async () => {
  const record = { ...noticeOf(1), addressee: 'Jose\u0301 Peña “Ávila” — x\u0301' }
  const template = shippedTemplates().find(({ name }) => name === 'notice')!
  const batch = { language: 'it-IT', characters: charactersOf([record]) }
  const copied = await copiedFrom(pdfTemplates.compile(template, batch).render(record))
  for (const words of [
    'Destinatario José Peña “Ávila” — x\u0301',
    'Indirizzo Piazza Unità 1, 00100 Bugliano (XX)',
    'Si prega di pagare 142,50 € entro il 31/03/2026.',
    'Occupazione di suolo pubblico, area 1 42,50 €',
    'Comune di Bugliano · Pagina 1 di 1',
  ]) {
    expect(copied).toContain(words)
  }
})
