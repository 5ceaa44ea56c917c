import type { PdfFont } from '#tests/contract/rendering/pdf-fonts'
import type { PdfValue } from '#tests/contract/rendering/pdf-values'

/** A place on a page, in points from its lower left corner. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** `black`, `white`, or another as the PDF names it. */
type Colour = string

/** A piece of text as it is drawn: the place of its first letter, on the line it stands on. */
export interface DrawnText {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly size: number
}

/** An image of two colours: by rows from the top, whether each of its squares is painted. */
export type Bitmap = readonly (readonly boolean[])[]

/** What is drawn on a page. */
export interface DrawnPage {
  readonly texts: readonly DrawnText[]
  readonly rectangles: readonly (Box & { readonly colour: Colour })[]
  readonly images: readonly (Box & { readonly colour: Colour; readonly bitmap: Bitmap })[]
  /** Lines, by what they go around. */
  readonly lines: readonly Box[]
  /** Every colour that something is drawn in. */
  readonly colours: ReadonlySet<Colour>
}

/** What a page may draw with, by the names it calls them. */
export interface PageMeans {
  readonly fonts: ReadonlyMap<string, PdfFont>
  readonly images: ReadonlyMap<string, Bitmap>
}

export type Matrix = readonly [number, number, number, number, number, number]

interface State {
  readonly matrix: Matrix
  readonly fill: Colour
  readonly stroke: Colour
  readonly font?: PdfFont | undefined
  readonly size: number
  readonly leading: number
}

/** What an operator changes. */
export interface Pen {
  readonly means: PageMeans
  readonly drawn: {
    readonly texts: DrawnText[]
    readonly rectangles: (Box & { readonly colour: Colour })[]
    readonly images: (Box & { readonly colour: Colour; readonly bitmap: Bitmap })[]
    readonly lines: Box[]
    readonly colours: Set<Colour>
  }
  state: State
  readonly saved: State[]
  path: Box[]
  /** Where the line of text begins, and where its next letter goes. */
  line: Matrix
  at: Matrix
}

export type Operators = Readonly<Record<string, (pen: Pen, operands: readonly PdfValue[]) => void>>

export const identity: Matrix = [1, 0, 0, 1, 0, 0]

export const moved = (x: number, y: number): Matrix => [1, 0, 0, 1, x, y]

export const matrixOf = (operands: readonly PdfValue[]): Matrix =>
  operands.slice(-6).map(Number) as unknown as Matrix

export const times = (a: Matrix, b: Matrix): Matrix => [
  a[0] * b[0] + a[1] * b[2],
  a[0] * b[1] + a[1] * b[3],
  a[2] * b[0] + a[3] * b[2],
  a[2] * b[1] + a[3] * b[3],
  a[4] * b[0] + a[5] * b[2] + b[4],
  a[4] * b[1] + a[5] * b[3] + b[5],
]
