import { naming } from '#connectors/pdf-compiled/unprintable'
import type { ValueReader } from '#connectors/pdf-compiled/read-value'
import type { TemplateRecord } from '#ports/templates'

const placeholder = /\{([a-z][a-z0-9_]*)\}/g

/** The names in braces in a text of a template, in their order. */
export const placeholdersIn = (text: string): readonly string[] =>
  [...text.matchAll(placeholder)].map(([, name]) => name!)

/** A text of a template without its names in braces. */
export const withoutPlaceholders = (text: string): string => text.replace(placeholder, '')

/** A text of a record, as it is printed. Throws RejectedError naming the field. */
export type TextReader = (record: TemplateRecord) => string

/** A text of a template with the values in the place of their names. */
export function textReader(text: string, readerOf: (field: string) => ValueReader): TextReader {
  // Every other part is a name.
  const parts = text.split(placeholder)
  if (parts.length === 1) return () => text
  const read = parts.map((part, nth): TextReader => {
    if (nth % 2 === 0) return () => part
    const value = readerOf(part)
    return (record) =>
      naming(
        () => part,
        () => value(record, record),
      )
  })
  return (record) => {
    const told = read.map((part) => part(record)).join('')
    // Where a value is empty.
    return told.replace(/ {2,}/g, ' ').trim()
  }
}
