import { describe, expect, it } from 'vitest'
import {
  formatCharacters,
  printedAmount,
  printedDate,
  printedDateTime,
} from '#connectors/pdf-compiled/formats'
import { type TemplateLanguage, templateLanguages } from '#ports/templates'
import { InvalidValueError } from '#schemas/values/invalid-value'

const told = (text: string) => text.replaceAll('\u00A0', ' ')

describe('an amount', () => {
  it.each<[TemplateLanguage, string, string, string]>([
    ['es-PE', '1234567.5', 'PEN', 'S/ 1,234,567.50'],
    ['es-PE', '-0.05', 'PEN', '-S/ 0.05'],
    ['es-PE', '999', 'USD', 'USD 999.00'],
    ['es-CO', '1234567.5', 'COP', '$ 1.234.567,50'],
    ['pt-BR', '100000', 'BRL', 'R$ 100.000,00'],
    ['it-IT', '1234.56', 'EUR', '1.234,56 €'],
    ['it-IT', '-1234.56', 'EUR', '-1.234,56 €'],
    ['en', '1234.56', 'EUR', '€1,234.56'],
    ['en', '-12', 'PEN', '-PEN 12.00'],
  ])('is written in %s: %s %s', (language, text, currency, printed) => {
    expect(told(printedAmount(text, currency, language))).toBe(printed)
  })

  it('has the decimals of its currency, and keeps more of them', () => {
    expect(told(printedAmount('1000', 'CLP', 'es-CO'))).toBe('CLP 1.000')
    expect(told(printedAmount('1.2345', 'EUR', 'it-IT'))).toBe('1,2345 €')
  })

  it('is a number where it has no currency', () => {
    expect(printedAmount('1234.5', undefined, 'pt-BR')).toBe('1.234,5')
  })

  it('of more digits than a number holds keeps them all', () => {
    const text = '12345678901234567890.12'
    expect(told(printedAmount(text, 'EUR', 'en'))).toBe('€12,345,678,901,234,567,890.12')
  })

  it.each(['', '1,5', '1e3', '+1', '.5', '1.', '007', ' 1', 'NaN'])('is none: %j', (text) => {
    expect(() => printedAmount(text, 'EUR', 'en')).toThrow(InvalidValueError)
  })

  it.each(['eur', 'XXQ', ''])('is in no currency: %j', (currency) => {
    expect(() => printedAmount('1', currency, 'en')).toThrow('is in no currency')
  })

  it('stays on one line', () => {
    for (const language of templateLanguages) {
      expect(printedAmount('1', 'EUR', language)).not.toContain(' ')
    }
  })
})

describe('a date', () => {
  it.each<[TemplateLanguage, string]>([
    ['es-PE', '07/01/2026'],
    ['es-CO', '07/01/2026'],
    ['pt-BR', '07/01/2026'],
    ['it-IT', '07/01/2026'],
    ['en', '7 Jan 2026'],
  ])('is written in %s', (language, printed) => {
    expect(told(printedDate('2026-01-07', language))).toBe(printed)
  })

  it.each(['2026-02-29', '2026-13-01', '07/01/2026', '2026-01-07T00:00:00Z', ''])(
    'is none: %j',
    (text) => {
      expect(() => printedDate(text, 'en')).toThrow(InvalidValueError)
    },
  )

  it('with a time tells its offset', () => {
    const printed = printedDateTime('2026-01-07T12:00:05-05:00', 'es-CO')
    expect(printed).toBe('07/01/2026 12:00:05 UTC-05:00')
    expect(told(printedDateTime('2026-01-07T12:00:05Z', 'en'))).toBe('7 Jan 2026 12:00:05 UTC')
    expect(() => printedDateTime('2026-01-07T12:00:05', 'en')).toThrow(InvalidValueError)
  })
})

it.each(templateLanguages)(
  'has every character of what it prints among its own: %s',
  (language) => {
    const characters = formatCharacters(language)
    const printed = [
      ...['PEN', 'COP', 'BRL', 'EUR', 'GBP', 'CLP'].map((currency) =>
        printedAmount('-1234567.891', currency, language),
      ),
      ...Array.from({ length: 12 }, (_, nth) =>
        printedDateTime(`2026-${String(nth + 1).padStart(2, '0')}-28T23:59:59+02:00`, language),
      ),
    ].join('')
    for (const character of printed) expect(characters).toContain(character)
  },
)
