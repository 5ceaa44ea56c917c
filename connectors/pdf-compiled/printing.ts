import type { Printing, RowsReader } from '#connectors/pdf-compiled/block'
import { type Faces, facesOf } from '#connectors/pdf-compiled/faces'
import { pageMarks } from '#connectors/pdf-compiled/footer'
import { formatCharacters } from '#connectors/pdf-compiled/formats'
import { textReader, withoutPlaceholders } from '#connectors/pdf-compiled/read-text'
import { type ValueReader, valueReader } from '#connectors/pdf-compiled/read-value'
import { RejectedError } from '#core/errors'
import {
  type Template,
  type TemplateBatch,
  type TemplateLanguage,
  templateLanguages,
  type TemplateRow,
} from '#ports/templates'
import { printedText } from '#schemas/values/printed-text'

/** The language of a batch; throws RejectedError('no-language') where the template has no texts in it. */
export function languageOf({ texts, name, version }: Template, told: string): TemplateLanguage {
  const language = templateLanguages.find((one) => one === told)
  if (language && texts[language]) return language
  throw new RejectedError('no-language', `${name}@${version} has no texts in ${told}`)
}

/** What the blocks of a checked template are compiled with. */
export function printingOf(template: Template, batch: TemplateBatch): Printing {
  const language = languageOf(template, batch.language)
  const texts = new Map(
    Object.entries(template.texts[language]!).map(([key, text]) => [key, printedText(text)]),
  )
  const own = [...texts.values()].map(withoutPlaceholders).join('') + formatCharacters(language)
  const faces = facesOf(own, batch.characters)
  const value = (name: string): ValueReader => {
    const field = template.fields[name]
    if (field && field.kind !== 'lines') return valueReader(name, field, { language, faces })
    throw new RejectedError('bad-template', `${name} is no value`)
  }
  const valueOrMark = (name: string): ValueReader =>
    name === 'page' || name === 'pages' ? () => pageMarks[name] : value(name)
  return {
    faces,
    label: (key) => texts.get(key)!,
    text: (key) => textReader(texts.get(key)!, valueOrMark),
    value,
    rows: (name) => rowsReader(template, name, { language, faces }),
  }
}

function rowsReader(
  { fields }: Template,
  name: string,
  printing: { readonly language: TemplateLanguage; readonly faces: Faces },
): RowsReader {
  const field = fields[name]
  if (field?.kind !== 'lines') throw new RejectedError('bad-template', `${name} has no rows`)
  return {
    of(record) {
      const rows = record[name]
      if (rows === undefined && !field.required) return []
      if (rows === undefined) {
        throw new RejectedError('missing-field', `${name} is missing`, { field: name })
      }
      if (isRows(rows)) return rows
      throw new RejectedError('bad-field', `${name} is no list of rows`, { field: name })
    },
    column: (column) => valueReader(column, field.columns[column]!, printing),
  }
}

const isRows = (given: unknown): given is readonly TemplateRow[] =>
  Array.isArray(given) && given.every((row) => typeof row === 'object' && row !== null)
