import { page, type Piece } from '#connectors/pdf-compiled/drawing'

/** An element of the tree that says what is what, and where it is drawn. */
export interface Element {
  readonly type: string
  /** Of its dictionary. */
  readonly attributes: string
  readonly children: Element[]
  /** Marks of the drawings that it is, each by page and number. */
  readonly marks: { readonly page: number; readonly number: number }[]
}

/** A page that is being drawn. */
export interface Sheet {
  readonly pieces: Piece[]
  /** What each mark on it is, by number. */
  readonly marked: Element[]
}

/** Pages one after another, and the tree of what is on them. */
export interface Paper {
  readonly sheets: Sheet[]
  readonly document: Element
  /** Points from the top of the page to what comes next. */
  top: number
  /** Points from the top of each page to its foot. */
  readonly bottom: number
}

export const newElement = (type: string, attributes = ''): Element => ({
  type,
  attributes,
  children: [],
  marks: [],
})

/** A new element, the last of its parent's. */
export function childOf(parent: Element, type: string, attributes = ''): Element {
  const child = newElement(type, attributes)
  parent.children.push(child)
  return child
}

export const newPaper = (bottom: number): Paper => ({
  sheets: [{ pieces: [], marked: [] }],
  document: newElement('Document'),
  top: page.margin,
  bottom,
})

/** Goes on at the top of a new page. */
export function turn(paper: Paper): void {
  paper.sheets.push({ pieces: [], marked: [] })
  paper.top = page.margin
}

/** Points left on the page. */
export const roomOn = ({ top, bottom }: Paper): number => bottom - top

/** Points on a page that nothing is on. */
export const roomMax = ({ bottom }: Paper): number => bottom - page.margin

/** Draws what is an element, or a part of it. */
export function drawElement(paper: Paper, element: Element, piece: Piece): void {
  const sheet = paper.sheets.at(-1)!
  const number = sheet.marked.push(element) - 1
  element.marks.push({ page: paper.sheets.length - 1, number })
  draw(sheet, `/${element.type}<</MCID ${number}>>BDC `)
  draw(sheet, piece)
  draw(sheet, 'EMC\n')
}

/** Draws what is nothing to be read: a line, a colour, a head that is repeated. */
export function drawArtifact(paper: Paper, piece: Piece, properties = ''): void {
  const sheet = paper.sheets.at(-1)!
  draw(sheet, properties === '' ? '/Artifact BMC ' : `/Artifact<<${properties}>>BDC `)
  draw(sheet, piece)
  draw(sheet, 'EMC\n')
}

/** Operators one behind another are one piece: a page is drawn from fewer. */
function draw({ pieces }: Sheet, piece: Piece): void {
  const last = pieces.at(-1)
  if (typeof piece === 'string' && typeof last === 'string')
    pieces[pieces.length - 1] = last + piece
  else pieces.push(piece)
}
