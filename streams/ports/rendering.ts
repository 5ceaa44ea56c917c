/** One row of a document: what it is, and how it is. */
export interface PrintedField {
  readonly label: string
  readonly value: string
  /** One that whoever pays looks for first. */
  readonly isStrong?: boolean
}

/** A part of a document. Texts are of any length, and none is markup. */
export type Block =
  | { readonly kind: 'title' | 'heading' | 'paragraph'; readonly text: string }
  /** What must not be overlooked. */
  | { readonly kind: 'warning'; readonly text: string }
  | { readonly kind: 'fields'; readonly fields: readonly PrintedField[] }
  | {
      readonly kind: 'qr'
      /** What the code tells, in printable ASCII. */
      readonly text: string
      /** Stands below it. */
      readonly caption: string
      /** Stand beside it. */
      readonly fields: readonly PrintedField[]
    }

/** A document as what it says, whatever draws it. */
export interface Document {
  /** The name readers show and the file keeps: nothing personal, nothing that tells one from another. */
  readonly title: string
  /** A BCP 47 tag, such as `it`. */
  readonly language: string
  /** The time the file says it was made: one of what it is about, never the clock's. */
  readonly dated_at: string
  /**
   * What becomes of a character that the fonts have no sign for: the document is refused, or shows the replacement
   * character in its place.
   */
  readonly unknownCharacters: 'refuse' | 'show'
  /** From the top of the first page on, as many pages as it takes. */
  readonly blocks: readonly Block[]
}

/**
 * Draws documents: A4 pages in black and white, with the fonts in the file. The same document is the same bytes, in any
 * process, however often and whenever. A text is drawn as `printedText` says, and goes on in the next line and on the
 * next page: nothing is left out. Several pages are numbered in their lowest 46 points, where nothing else is. QR codes have
 * level M and their quiet zone. Nothing of a document but its title,
 * language and date is in the file beside its pages. No text makes it read a file or an address.
 */
export interface Renderer {
  /**
   * The bytes of the PDF. Throws RejectedError: 'no-sign' for a character the fonts do not have, 'no-qr' for a text no
   * QR code can tell. The message repeats no text of the document.
   */
  render(document: Document): Promise<Uint8Array>
}
