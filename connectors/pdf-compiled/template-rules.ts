import { placeholdersIn } from '#connectors/pdf-compiled/read-text'
import type { Template, TemplateBlock, TemplateField } from '#ports/templates'

/** What is wrong with a template whose members are each as they should be: one sentence for each. */
export function problemsOf(template: Template): readonly string[] {
  return [
    ...fieldProblems(template),
    ...template.blocks.flatMap((block) => blockProblems(block, template)),
    ...countProblems(template.blocks),
    ...textProblems(template),
  ]
}

/** What has that name, and not what every object has, such as `constructor`. */
const named = <Value>(values: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(values, name) ? values[name] : undefined

/** Names that stand for the number of a page and how many there are. */
const ofPage = ['page', 'pages']

function fieldProblems({ fields, dated_by, named_by }: Template): readonly string[] {
  const dated = named(fields, dated_by)
  const isDated = dated?.kind === 'date-time' && dated.required
  const naming = named_by === undefined ? undefined : named(fields, named_by)
  const isNamed = named_by === undefined || (naming?.kind === 'text' && naming.required)
  const values = Object.entries(fields).flatMap(([name, field]) =>
    field.kind === 'lines' ? Object.entries(field.columns) : [[name, field] as const],
  )
  return [
    ...(isDated ? [] : [`dated_by ${dated_by} is no date-time that is required`]),
    ...(isNamed ? [] : [`named_by ${named_by} is no text that is required`]),
    ...ofPage.filter((name) => named(fields, name)).map((name) => `no field can be named ${name}`),
    ...values.flatMap(([name, value]) => {
      if (value.kind !== 'money' || value.currency === undefined) return []
      const currency = named(fields, value.currency)
      if (currency?.kind === 'text' && currency.required) return []
      return [`the currency ${value.currency} of ${name} is no text that is required`]
    }),
  ]
}

function blockProblems(block: TemplateBlock, { fields }: Template): readonly string[] {
  switch (block.kind) {
    case 'masthead':
    case 'paragraph':
    case 'footer':
      return []
    case 'fields':
      return block.fields.flatMap(({ field }) => valueProblems(field, fields))
    case 'qr': {
      const field = named(fields, block.field)
      const isText = field?.kind === 'text' && field.required
      return isText ? [] : [`the field ${block.field} of a QR code is no text that is required`]
    }
    case 'table':
      return tableProblems(block, fields)
  }
}

type Fields = Readonly<Record<string, TemplateField>>

function valueProblems(name: string, fields: Fields): readonly string[] {
  const field = named(fields, name)
  if (!field) return [`there is no field ${name}`]
  return field.kind === 'lines' ? [`the field ${name} has rows, and no value`] : []
}

/** The least share of the width of the page: three digits and the edges. */
const shareMin = 0.045

function tableProblems(
  { field: name, columns, total }: Extract<TemplateBlock, { kind: 'table' }>,
  fields: Fields,
): readonly string[] {
  const field = named(fields, name)
  if (field?.kind !== 'lines') return [`the field ${name} of a table has no rows`]
  const names = columns.map(({ column }) => column)
  const width = columns.reduce((sum, column) => sum + column.width, 0)
  const cells = Object.entries(total?.cells ?? {})
  const first = names.findIndex((column) => named(total?.cells ?? {}, column) !== undefined)
  return [
    ...names.flatMap((column) =>
      named(field.columns, column) ? [] : [`${name} has no column ${column}`],
    ),
    ...columns
      .filter((column) => column.width / width < shareMin)
      .map(({ column }) => `the column ${column} of ${name} is too narrow`),
    ...cells.flatMap(([column]) =>
      names.includes(column) ? [] : [`the table of ${name} has no column ${column} to total`],
    ),
    ...cells.flatMap(([, total]) => valueProblems(total, fields)),
    ...(total && first < 1 ? [`the total of ${name} leaves no column for its label`] : []),
  ]
}

function countProblems(blocks: readonly TemplateBlock[]): readonly string[] {
  return (['masthead', 'qr', 'footer'] as const)
    .filter((kind) => blocks.filter((block) => block.kind === kind).length > 1)
    .map((kind) => `there is more than one ${kind}`)
}

/** Texts by their key: whether values may be in them, and numbers of pages. */
function keysOf({ title, blocks }: Template): readonly (readonly [string, Holding])[] {
  const ofBlocks = blocks.flatMap((block): readonly (readonly [string, Holding])[] => {
    switch (block.kind) {
      case 'masthead':
        return [
          [block.logo, 'values'],
          [block.title, 'values'],
        ]
      case 'paragraph':
        return [[block.text, 'values']]
      case 'fields':
        return block.fields.map(({ label }) => [label, 'nothing'])
      case 'table': {
        const labels = [...block.columns, ...(block.total ? [block.total] : [])]
        return labels.map(({ label }) => [label, 'nothing'])
      }
      case 'qr':
        return [
          [block.alt, 'nothing'],
          [block.caption, 'values'],
        ]
      case 'footer':
        return [[block.text, 'values and pages']]
    }
  })
  return [[title, 'nothing'], ...ofBlocks]
}

type Holding = 'nothing' | 'values' | 'values and pages'

function textProblems(template: Template): readonly string[] {
  const languages = Object.entries(template.texts)
  if (languages.length === 0) return ['there are texts in no language']
  return languages.flatMap(([language, texts]) =>
    keysOf(template).flatMap(([key, holding]) => {
      const text = named(texts, key)
      if (text === undefined) return [`there is no text ${key} in ${language}`]
      return holdingProblems(text, holding, template.fields).map(
        (problem) => `the text ${key} in ${language} ${problem}`,
      )
    }),
  )
}

function holdingProblems(text: string, holding: Holding, fields: Fields): readonly string[] {
  const names = placeholdersIn(text)
  if (/[{}]/.test(text.replace(/\{[a-z][a-z0-9_]*\}/g, '')))
    return ['has a brace that names nothing']
  if (holding === 'nothing') return names.length > 0 ? ['cannot have values in it'] : []
  return names
    .filter((name) => holding === 'values' || !ofPage.includes(name))
    .flatMap((name) => valueProblems(name, fields).map((problem) => `names ${name}: ${problem}`))
}
