import { grey, plain, type Printing } from '#connectors/pdf-compiled/block'
import { type Column, drawnLines, page } from '#connectors/pdf-compiled/drawing'
import { contentWidth, linesIn } from '#connectors/pdf-compiled/row'
import { RejectedError } from '#core/errors'
import type { TemplateRecord } from '#ports/templates'

/** What is at the foot of each page. */
export interface Footer {
  /** Its text, with the marks of the page's number and of how many there are. Throws RejectedError. */
  text(record: TemplateRecord): string
  /** Lines it needs on every page. Throws RejectedError('too-long') where a page has no room for them. */
  linesOf(text: string): number
  /** Points from the top of the page to it. */
  topOf(lines: number): number
  /** How it is drawn on a page, which counts from 1, of so many. */
  draw(text: string, page: number, pages: number): string
}

/** In the place of a number that is known once the pages are: what no text of a record has. */
export const pageMarks = { page: '\u0001', pages: '\u0002' } as const

/** More pages than a document has. */
const widest = '8888'
/** Lines that leave room for what is above. */
const linesMax = 12
const gap = 12

/** A footer of the key of its text; without one, of nothing. */
export function footerOf(key: string | undefined, { faces, text }: Printing): Footer {
  const style = plain(faces, 7.5, grey)
  const read = key === undefined ? () => '' : text(key)
  const told = (text: string, page: string, pages: string) =>
    text.replaceAll(pageMarks.page, page).replaceAll(pageMarks.pages, pages)
  const column: Column = { style, x: page.margin, width: contentWidth, align: 'centre' }
  const wrapped = (text: string) => linesIn(column, text)
  const lines = (text: string) => (text === '' ? 0 : wrapped(told(text, widest, widest)).length)
  const checkedLines = (text: string) => {
    const count = lines(text)
    if (count <= linesMax) return count
    throw new RejectedError('too-long', `the footer has more lines than ${linesMax}`)
  }
  const topOf = (count: number) => page.height - page.margin - count * style.leading
  return {
    text: read,
    linesOf: checkedLines,
    topOf: (count) => topOf(count) - gap,
    draw(text, number, pages) {
      const place = { column, baseline: topOf(lines(text) - 1), leading: style.leading }
      const drawn = drawnLines(place, wrapped(told(text, String(number), String(pages))))
      return drawn === '' ? '' : `/Artifact<</Type/Pagination/Subtype/Footer>>BDC ${drawn}EMC\n`
    },
  }
}
