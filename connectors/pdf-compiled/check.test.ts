import { describe, expect, it } from 'vitest'
import { checked } from '#connectors/pdf-compiled/check'
import type { Template, TemplateBlock } from '#ports/templates'
import { refusal } from '#tests/contract/templates/template-driver'

const text = { kind: 'text', required: true } as const

const example: Template = {
  name: 'example',
  version: 2,
  fields: {
    holder: text,
    currency: text,
    amount: { kind: 'money', required: true, currency: 'currency' },
    issued_at: { kind: 'date-time', required: true },
    lines: {
      kind: 'lines',
      required: false,
      columns: { what: text, amount: { kind: 'money', required: true } },
    },
  },
  dated_by: 'issued_at',
  title: 'title',
  texts: {
    'es-PE': {
      title: 'Ejemplo',
      label: 'Titular',
      body: 'Para {holder}',
      foot: '{page} de {pages}',
    },
    en: { title: 'Example', label: 'Holder', body: 'For {holder}', foot: '{page} of {pages}' },
  },
  blocks: [
    { kind: 'masthead', logo: 'body', title: 'title' },
    { kind: 'fields', fields: [{ label: 'label', field: 'holder' }] },
    {
      kind: 'table',
      field: 'lines',
      columns: [
        { label: 'label', column: 'what', width: 3 },
        { label: 'label', column: 'amount', width: 1, align: 'right' },
      ],
      total: { label: 'label', cells: { amount: 'amount' } },
    },
    { kind: 'footer', text: 'foot' },
  ],
}

const withBlock = (block: TemplateBlock): Template => ({
  ...example,
  blocks: [...example.blocks, block],
})
const table = example.blocks[2] as Extract<TemplateBlock, { kind: 'table' }>

describe('a template', () => {
  it('that is right is given back as it came', () => {
    expect(checked(structuredClone(example))).toEqual(example)
  })

  it.each<[string, unknown]>([
    ['it: ', null],
    ['name: say a name', { ...example, name: '../x' }],
    ['version: ', { ...example, version: 1.5 }],
    ['Unrecognized key: "script"', { ...example, script: 'alert(1)' }],
    ['blocks.4.kind: ', withBlock({ kind: 'html', text: 'body' } as never)],
    ['texts: Unrecognized key: "xx"', { ...example, texts: { ...example.texts, xx: {} } }],
    ['texts in no language', { ...example, texts: {} }],
    ['dated_by holder is no date-time that is required', { ...example, dated_by: 'holder' }],
    ['named_by issued_at is no text that is required', { ...example, named_by: 'issued_at' }],
    ['no field can be named page', { ...example, fields: { ...example.fields, page: text } }],
    [
      'the currency other of amount is no text',
      {
        ...example,
        fields: { ...example.fields, amount: { ...example.fields['amount'], currency: 'other' } },
      },
    ],
    [
      'there is no text title in en',
      { ...example, texts: { ...example.texts, en: { body: 'x' } } },
    ],
    [
      'there is no field other',
      withBlock({ kind: 'fields', fields: [{ label: 'label', field: 'other' }] }),
    ],
    [
      'the field lines has rows, and no value',
      withBlock({ kind: 'fields', fields: [{ label: 'label', field: 'lines' }] }),
    ],
    [
      'the text body in es-PE cannot have values in it',
      withBlock({ kind: 'fields', fields: [{ label: 'body', field: 'holder' }] }),
    ],
    ['the text body in es-PE cannot have values in it', { ...example, title: 'body' }],
    [
      'there is no field constructor',
      withBlock({ kind: 'fields', fields: [{ label: 'label', field: 'constructor' }] }),
    ],
    ['there is no text constructor in en', { ...example, title: 'constructor' }],
    ['there is more than one footer', withBlock({ kind: 'footer', text: 'foot' })],
    ['names page: there is no field page', withBlock({ kind: 'paragraph', text: 'foot' })],
    ['the field holder of a table has no rows', withBlock({ ...table, field: 'holder' })],
    [
      'lines has no column other',
      withBlock({
        ...table,
        columns: [...table.columns, { label: 'label', column: 'other', width: 1 }],
      }),
    ],
    [
      'the column amount of lines is too narrow',
      withBlock({ ...table, columns: [{ ...table.columns[0]!, width: 99 }, table.columns[1]!] }),
    ],
    [
      'leaves no column for its label',
      withBlock({ ...table, total: { label: 'label', cells: { what: 'holder' } } }),
    ],
    [
      'has no column other to total',
      withBlock({
        ...table,
        total: { label: 'label', cells: { amount: 'amount', other: 'amount' } },
      }),
    ],
    [
      'the field amount of a QR code is no text that is required',
      withBlock({ kind: 'qr', field: 'amount', alt: 'title', caption: 'title' }),
    ],
  ])('is refused: %s', (message, given) => {
    expect(() => checked(given)).toThrow(refusal('bad-template', message))
  })

  it.each(['To {Holder}', 'To {holder', '{}', 'a } b'])(
    'is refused for a brace that names nothing: %s',
    (body) => {
      const texts = { ...example.texts, en: { ...example.texts.en, body } }
      expect(() => checked({ ...example, texts })).toThrow('the text body in en has a brace')
    },
  )

  it('is told all that is wrong with it at once', () => {
    const given = { ...example, dated_by: 'holder', title: 'nothing' }
    expect(() => checked(given)).toThrow(/dated_by[^]*text nothing in es-PE[^]*text nothing in en/)
  })
})
