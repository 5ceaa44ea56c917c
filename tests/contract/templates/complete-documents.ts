import { expect, it } from 'vitest'
import { expectOnPaper } from '#tests/contract/rendering/page-checks'
import { type ReadPage, readPdf, withoutBlanks } from '#tests/contract/rendering/read-pdf'
import { hardened, hardTexts, receiptOf, recordOf } from '#tests/contract/templates/records'
import {
  footOf,
  renderingWith,
  type TemplateDriver,
} from '#tests/contract/templates/template-driver'
import { printedText } from '#schemas/values/printed-text'

/** What holds of records that are hard to print: nothing of them is missing. */
export function leavesNothingOut(driver: TemplateDriver): void {
  const { shipped } = driver
  const render = renderingWith(driver)
  const cases = shipped.flatMap(({ name }) =>
    Object.entries(hardTexts).map(([kind, text]) => [name, kind, text] as const),
  )

  it.each(cases)('of %s, where each text is %s', (name, _kind, text) => {
    const pdf = readPdf(render(name, hardened(recordOf[name]!(3), text)))
    const whole = withoutBlanks(printedText(text))
    const joined = sortedLetters(pdf.text)
    const fewest = withoutBlanks(pdf.text).split(whole).length - 1
    // Cells beside each other are drawn one after another, so that each text is in one piece on its page.
    expect(fewest).toBeGreaterThanOrEqual(4)
    expect(joined.length).toBeGreaterThan(4 * whole.length)
    for (const page of pdf.pages) expectOnPaper(page)
    expectApart(pdf.pages)
  })

  it.each([0, 1, 40, 400])('of a table of %i rows, whose head is on each page', (rows) => {
    const pdf = readPdf(render('receipt', receiptOf(1, rows)))
    const references = [...pdf.text.matchAll(/REF\d{9}/g)].map(([reference]) => reference)
    const given = receiptOf(1, rows)['movements'] as readonly { reference: string }[]
    expect(references).toEqual(given.map(({ reference }) => reference))
    const heads = pdf.pages.filter(({ texts }) => texts.some(({ text }) => text === 'Referencia'))
    const withRows = pdf.pages.filter(({ texts }) =>
      texts.some(({ text }) => text.startsWith('REF')),
    )
    expect(heads.length).toBeGreaterThanOrEqual(Math.max(1, withRows.length))
    const count = pdf.pages.length
    pdf.pages.forEach((page, nth) => {
      expect(footOf(page)).toBe(`MOV-00000001 · Página ${nth + 1} de ${count}`)
      expectOnPaper(page)
    })
    expectApart(pdf.pages)
  })

  it('of a row that is taller than a page', () => {
    const text = 'palabra '.repeat(2_000).trim()
    const record = receiptOf(1, 2)
    const [row, ...rows] = record['movements'] as readonly { description: string }[]
    const movements = [{ ...row, description: text }, ...rows]
    const pdf = readPdf(render('receipt', { ...record, movements }))
    expect(pdf.text.match(/palabra/g)).toHaveLength(2_000)
    expect(pdf.pages.length).toBeGreaterThan(3)
    for (const page of pdf.pages) expectOnPaper(page)
  })
}

/** No two texts are one above the other: each has its own place. */
function expectApart(pages: readonly ReadPage[]): void {
  for (const { texts } of pages) {
    const boxes = texts.filter(({ text }) => text.trim() !== '')
    const overlaps = boxes.flatMap((one, nth) =>
      boxes
        .slice(nth + 1)
        .filter((other) => isOver(one, other))
        .map(({ text }) => `${one.text} | ${text}`),
    )
    expect(overlaps).toEqual([])
  }
}

type Text = ReadPage['texts'][number]

const isOver = (one: Text, other: Text): boolean =>
  Math.abs(one.y - other.y) < 0.7 * Math.min(one.size, other.size) &&
  one.x < other.x + other.width - 0.5 &&
  other.x < one.x + one.width - 0.5

const sortedLetters = (text: string): string => [...text].sort().join('')
