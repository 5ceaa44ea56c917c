import { type Faces, isDrawable, nameOf } from '#connectors/pdf-compiled/faces'
import { printedAmount, printedDate, printedDateTime } from '#connectors/pdf-compiled/formats'
import { UnprintableError } from '#connectors/pdf-compiled/unprintable'
import type { TemplateLanguage, TemplateRecord, TemplateValue } from '#ports/templates'
import { InvalidValueError } from '#schemas/values/invalid-value'
import { printedText } from '#schemas/values/printed-text'

/** The value among those of a record or of a row, as it is printed. Throws UnprintableError. */
export type ValueReader = (
  values: Readonly<Record<string, unknown>>,
  record: TemplateRecord,
) => string

interface Printing {
  readonly language: TemplateLanguage
  readonly faces: Faces
}

/** A reader of the value of that name. */
export function valueReader(name: string, value: TemplateValue, printing: Printing): ValueReader {
  const print = printerOf(value, printing)
  return (values, record) => {
    const given = values[name]
    if (given !== undefined && typeof given !== 'string') {
      throw new UnprintableError('bad-field', 'is no text')
    }
    const printed = given === undefined || given === '' ? '' : print(given, record)
    if (printed === '' && value.required) throw new UnprintableError('missing-field', 'is missing')
    return printed
  }
}

function printerOf(
  value: TemplateValue,
  { language, faces }: Printing,
): (text: string, record: TemplateRecord) => string {
  switch (value.kind) {
    case 'text':
      return (text) => drawn(text, faces)
    case 'date':
      return (text) => valid(() => printedDate(text, language))
    case 'date-time':
      return (text) => valid(() => printedDateTime(text, language))
    case 'money': {
      const { currency } = value
      if (currency === undefined)
        return (text) => valid(() => printedAmount(text, undefined, language))
      return (text, record) =>
        valid(() => printedAmount(text, currencyOf(record[currency]), language))
    }
  }
}

const currencyOf = (given: TemplateRecord[string] | undefined): string =>
  typeof given === 'string' ? given : ''

function valid(print: () => string): string {
  try {
    return print()
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error
    throw new UnprintableError('bad-field', error.reason)
  }
}

// Most texts: words of letters that need no composing, one blank between them.
const plain = /^[!-~¡-¬®-ÿ]+(?: [!-~¡-¬®-ÿ]+)*$/

/** The text as it is printed; throws where the fonts have no sign for one of its characters. */
function drawn(text: string, { regular }: Faces): string {
  const printed = plain.test(text) ? text : printedText(text)
  for (let at = 0; at < printed.length; at++) {
    if (regular.widthOf[printed.charCodeAt(at)] === undefined) throw unknown(printed, at)
  }
  return printed
}

function unknown(text: string, at: number): UnprintableError {
  const character = String.fromCodePoint(text.codePointAt(at)!)
  const told = nameOf(character)
  return isDrawable(character)
    ? new UnprintableError('not-in-batch', `has ${told}, which its batch was said not to have`)
    : new UnprintableError('no-sign', `has ${told}, which the fonts have no sign for`)
}
