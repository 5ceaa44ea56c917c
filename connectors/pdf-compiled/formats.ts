import { tie } from '#connectors/pdf-compiled/font-subset'
import type { TemplateLanguage } from '#ports/templates'
import { decimalsOf } from '#schemas/values/currency'
import { parseDateTime } from '#schemas/values/date-time'
import { InvalidValueError } from '#schemas/values/invalid-value'

/** How a language writes amounts and dates. */
interface Format {
  readonly group: string
  readonly decimal: string
  /** Signs of currencies; others are told by their three letters. */
  readonly signs: Readonly<Record<string, string>>
  amount(sign: string, number: string): string
  date(year: string, month: string, day: string): string
}

const before = (sign: string, number: string) => `${sign}${tie}${number}`
const behind = (sign: string, number: string) => `${number}${tie}${sign}`
const close = (sign: string, number: string) =>
  sign.length === 3 ? before(sign, number) : `${sign}${number}`
const slashes = (year: string, month: string, day: string) => `${day}/${month}/${year}`

const monthNames = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

// A table of our own, and not the one of the machine: that one changes, and with it what is printed.
const formats: Readonly<Record<TemplateLanguage, Format>> = {
  'es-PE': {
    ...{ group: ',', decimal: '.', amount: before, date: slashes },
    signs: { PEN: 'S/', EUR: '€' },
  },
  'es-CO': {
    ...{ group: '.', decimal: ',', amount: before, date: slashes },
    signs: { COP: '$', EUR: '€' },
  },
  'pt-BR': {
    ...{ group: '.', decimal: ',', amount: before, date: slashes },
    signs: { BRL: 'R$', EUR: '€' },
  },
  'it-IT': {
    ...{ group: '.', decimal: ',', amount: behind, date: slashes },
    signs: { EUR: '€' },
  },
  en: {
    ...{ group: ',', decimal: '.', amount: close },
    signs: { EUR: '€', GBP: '£' },
    date: (year, month, day) => `${Number(day)}${tie}${monthNames[Number(month) - 1]}${tie}${year}`,
  },
}

/** Every character that amounts and dates of a language may have. */
export const formatCharacters = (language: TemplateLanguage): string =>
  [
    `0123456789-+:/UTC ABCDEFGHIJKLMNOPQRSTUVWXYZ${tie}`,
    formats[language].group + formats[language].decimal,
    ...Object.values(formats[language].signs),
    ...(language === 'en' ? monthNames : []),
  ].join('')

const decimalText = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?$/

/**
 * A decimal text as an amount of a currency, or of none: `1234.5` in PEN -> `S/ 1,234.50`. No digit is dropped, and none
 * is rounded. Throws InvalidValueError.
 */
export function printedAmount(
  text: string,
  currency: string | undefined,
  language: TemplateLanguage,
): string {
  const match = decimalText.exec(text)
  if (!match) throw new InvalidValueError('is no decimal amount such as 1234.50')
  const decimals = currency === undefined ? 0 : decimalsOf(currency)
  if (decimals === undefined) throw new InvalidValueError('is in no currency of ISO 4217')
  const { group, decimal, signs, amount } = formats[language]
  const [, minus = '', whole = '', fraction = ''] = match
  const digits = fraction.padEnd(decimals, '0')
  const number = grouped(whole, group) + (digits === '' ? '' : decimal + digits)
  if (currency === undefined) return minus + number
  return minus + amount(signs[currency] ?? currency, number)
}

function grouped(digits: string, group: string): string {
  const first = digits.length % 3
  let text = digits.slice(0, first)
  for (let at = first; at < digits.length; at += 3) {
    text += (text === '' ? '' : group) + digits.slice(at, at + 3)
  }
  return text
}

/** `2026-01-07` -> `07/01/2026`. Throws InvalidValueError. */
export function printedDate(text: string, language: TemplateLanguage): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) throw new InvalidValueError('is no date such as 2026-01-07')
  parseDateTime(`${text}T00:00:00Z`)
  return dateOf(text, language)
}

const dateOf = (text: string, language: TemplateLanguage): string =>
  formats[language].date(text.slice(0, 4), text.slice(5, 7), text.slice(8, 10))

/** `2026-01-07T12:00:05-05:00` -> `07/01/2026 12:00:05 UTC-05:00`. Throws InvalidValueError. */
export function printedDateTime(text: string, language: TemplateLanguage): string {
  const dateTime = parseDateTime(text)
  const offset = dateTime.slice(19).replace('Z', '')
  return `${dateOf(dateTime, language)} ${dateTime.slice(11, 19)} UTC${offset}`
}
