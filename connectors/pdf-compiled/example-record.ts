import type { Template, TemplateRecord, TemplateRow, TemplateValue } from '#ports/templates'

/** Rows of a table of an example. */
const rowCount = 3

/** A record of made-up values, each of which tells its field by name where it can. */
export function exampleRecord({ fields }: Template): TemplateRecord {
  const values = Object.values(fields).flatMap((field) =>
    field.kind === 'lines' ? Object.values(field.columns) : [field],
  )
  const currencies = new Set(
    values.flatMap((value) => (value.kind === 'money' ? [value.currency] : [])),
  )
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]): [string, TemplateRecord[string]] => {
      if (field.kind === 'lines') return [name, rowsOf(field.columns)]
      return [name, currencies.has(name) ? 'EUR' : exampleOf(name, field, 1)]
    }),
  )
}

const rowsOf = (columns: Readonly<Record<string, TemplateValue>>): readonly TemplateRow[] =>
  Array.from({ length: rowCount }, (_, nth) =>
    Object.fromEntries(
      Object.entries(columns).map(([name, value]) => [name, exampleOf(name, value, nth + 1)]),
    ),
  )

function exampleOf(name: string, { kind }: TemplateValue, nth: number): string {
  switch (kind) {
    case 'text':
      return `${name.replaceAll('_', ' ')} ${nth}`
    case 'date':
      return `2026-01-0${nth}`
    case 'date-time':
      return `2026-01-0${nth}T09:15:00Z`
    case 'money':
      return `${1_234 * nth}.50`
  }
}
