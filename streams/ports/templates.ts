/** The languages that templates are written in, and amounts and dates with them: BCP 47 tags. */
export const templateLanguages = ['es-PE', 'es-CO', 'pt-BR', 'it-IT', 'en'] as const
export type TemplateLanguage = (typeof templateLanguages)[number]

/** A row of a table: text by the name of its column. */
export interface TemplateRow {
  readonly [column: string]: string
}

/** What is printed of one record: text by the name of its field, and tables as rows. */
export interface TemplateRecord {
  readonly [field: string]: string | readonly TemplateRow[]
}

/**
 * A value as it comes: text; a date as `2026-01-07`; a date and time with its offset, which is printed with it; an amount
 * as decimal text, negative or not, in the currency that a field of the record names by its three letters.
 */
export type TemplateValue =
  | { readonly kind: 'text' | 'date' | 'date-time'; readonly required: boolean }
  | { readonly kind: 'money'; readonly required: boolean; readonly currency?: string | undefined }

/** A value, or rows of values. One that is not required may be absent or empty, and is printed as nothing. */
export type TemplateField =
  | TemplateValue
  | {
      readonly kind: 'lines'
      readonly required: boolean
      readonly columns: Readonly<Record<string, TemplateValue>>
    }

/** A column of a table, by its name among the columns of the field. */
export interface TemplateColumn {
  /** Key of the text at its head. */
  readonly label: string
  readonly column: string
  /** Its share of the width of the page: of columns of 1 and 3, the second is three quarters. */
  readonly width: number
  readonly align?: 'left' | 'right' | undefined
}

/**
 * A part of a document, from the top of the first page on. What is printed is named by its key among the texts of the
 * language; `{name}` in a text stands for the value of that field.
 */
export type TemplateBlock =
  /** Who sends it, on the left, and what it is, on the right: the one heading. */
  | { readonly kind: 'masthead'; readonly logo: string; readonly title: string }
  | {
      readonly kind: 'paragraph'
      readonly text: string
      readonly size?: 'small' | 'plain' | 'large' | undefined
      readonly isStrong?: boolean | undefined
    }
  /** Labels and their values, in two columns, row by row. */
  | {
      readonly kind: 'fields'
      readonly fields: readonly { readonly label: string; readonly field: string }[]
    }
  /** The rows of a field. A page that it goes on to repeats its head. */
  | {
      readonly kind: 'table'
      readonly field: string
      readonly columns: readonly TemplateColumn[]
      /** The last row: fields of the record by the column they stand in; its label takes up the columns before. */
      readonly total?:
        { readonly label: string; readonly cells: Readonly<Record<string, string>> } | undefined
    }
  /** A code of what a field tells, 1 to 213 printable ASCII characters, with a caption beside it. */
  | {
      readonly kind: 'qr'
      readonly field: string
      /** What it is, for who cannot see it. */
      readonly alt: string
      readonly caption: string
    }
  /** At the foot of each page, where `{page}` and `{pages}` are its number and how many there are. At most one. */
  | { readonly kind: 'footer'; readonly text: string }

/** What documents of one kind look like: data, and never code. It is `name@version`, and that never changes. */
export interface Template {
  readonly name: string
  readonly version: number
  readonly fields: Readonly<Record<string, TemplateField>>
  /** The field of a date and time that the file says it was made at. */
  readonly dated_by: string
  /** The field, a text, that names a document among those of its batch: nothing personal, and it need not be the only one. */
  readonly named_by?: string | undefined
  /** Key of the text that readers show as the name of the document: nothing of the record in it. */
  readonly title: string
  readonly texts: Readonly<Partial<Record<TemplateLanguage, Readonly<Record<string, string>>>>>
  readonly blocks: readonly TemplateBlock[]
}

/** What a template is compiled for. */
export interface TemplateBatch {
  readonly language: string
  /** Every character of the records, once or more often. The fonts in the files have these and the template's own. */
  readonly characters: string
}

export interface CompiledTemplate {
  /**
   * The bytes of one document, PDF/A-2a and PDF/UA-1: of the same template, batch and record the same in any process.
   * Texts are printed as `printedText` says, and go on in the next line and on the next page: nothing is left out. Throws
   * RejectedError, which names the field (`lines[3].description`) and never what is in it: 'missing-field';
   * 'bad-field' where a value is not of its kind; 'no-sign' for a character the fonts do not have, 'not-in-batch'
   * for one they do; 'no-qr' for a text that no code tells. And 'too-long'
   * for a footer of more than twelve lines.
   */
  render(record: TemplateRecord): Uint8Array<ArrayBuffer>
  /** The same in pieces, in order. Other documents share some of them, which therefore nobody changes. */
  pieces(record: TemplateRecord): readonly Uint8Array[]
}

/** Makes documents of records by a template, thousands of the same one. */
export interface TemplateCompiler {
  /** The template itself; throws RejectedError('bad-template') saying all that is wrong with it. */
  check(template: unknown): Template
  /** Throws RejectedError: 'no-language' where the template has no texts in it, 'no-sign' for one of its own. */
  compile(template: Template, batch: TemplateBatch): CompiledTemplate
}
