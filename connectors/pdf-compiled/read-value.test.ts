import { describe, expect, it } from 'vitest'
import { facesOf } from '#connectors/pdf-compiled/faces'
import { formatCharacters } from '#connectors/pdf-compiled/formats'
import { valueReader } from '#connectors/pdf-compiled/read-value'
import type { TemplateRecord, TemplateValue } from '#ports/templates'
import { refusal } from '#tests/contract/templates/template-driver'

const language = 'es-PE'
const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZñé"'
const printing = { language, faces: facesOf(formatCharacters(language), letters) } as const
const read = (value: TemplateValue, record: TemplateRecord) =>
  valueReader('it', value, printing)(record, record)
const text = { kind: 'text', required: true } as const

describe('a value', () => {
  it('that is text is printed with its letters composed and its blanks single', () => {
    expect(read(text, { it: 'Pen\u0303a  "Jose\u0301"\n ' })).toBe('Peña "José"')
  })

  it('of another kind is printed as the language writes it', () => {
    const money = { kind: 'money', required: true, currency: 'currency' } as const
    expect(read(money, { it: '1234.5', currency: 'PEN' })).toBe('S/\u00A01,234.50')
    expect(read({ kind: 'money', required: true }, { it: '1234.5' })).toBe('1,234.5')
    expect(read({ kind: 'date', required: true }, { it: '2026-01-07' })).toBe('07/01/2026')
    const dateTime = { kind: 'date-time', required: true } as const
    expect(read(dateTime, { it: '2026-01-07T12:00:00Z' })).toBe('07/01/2026 12:00:00 UTC')
  })

  it('may be absent or empty where it is not required', () => {
    for (const kind of ['text', 'date', 'date-time', 'money'] as const) {
      expect(read({ kind, required: false }, {})).toBe('')
      expect(read({ kind, required: false }, { it: '' })).toBe('')
    }
  })

  it.each<[string, TemplateValue, TemplateRecord, string]>([
    ['is missing', text, {}, 'missing-field'],
    ['is missing', text, { it: '' }, 'missing-field'],
    ['is missing', text, { it: ' \u00AD\n' }, 'missing-field'],
    ['is no text', text, { it: [] }, 'bad-field'],
    ['is no text', text, { it: 4 as never }, 'bad-field'],
    ['is no decimal amount', { kind: 'money', required: true }, { it: '1,50' }, 'bad-field'],
    [
      'is in no currency',
      { kind: 'money', required: true, currency: 'currency' },
      { it: '1' },
      'bad-field',
    ],
    ['is no date', { kind: 'date', required: true }, { it: '07/01/2026' }, 'bad-field'],
    ['has U+6F22, which the fonts have no sign for', text, { it: 'a漢' }, 'no-sign'],
    ['has U+1F600, which the fonts have no sign for', text, { it: 'a😀' }, 'no-sign'],
    ['has U+D83D, which the fonts have no sign for', text, { it: 'a\uD83D' }, 'no-sign'],
    ['has U+00DF, which its batch was said not to have', text, { it: 'ß' }, 'not-in-batch'],
  ])('%s', (reason, value, record, code) => {
    expect(() => read(value, record)).toThrow(refusal(code, reason))
  })
})
