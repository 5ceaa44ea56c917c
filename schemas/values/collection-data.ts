import { InvalidValueError, textOf } from '#schemas/values/invalid-value'

const charactersMax = 140
// Kind of accounting, kind of body, macro area, service, legal reason; what follows the last slash is the body's own.
const present = /^[0126789]\/\d{7}(?:IM|TS|SP|SA|AP)\/\S*$/
const former = /^[0129]\/\d{5}\/(?:IM|TS|SP|SA|AP)\/?$/

/**
 * pagoPA's taxonomy of what is collected, such as `9/0101002IM/`; the former shape `9/12129/TS` is taken, too. Its
 * shape is checked, not whether pagoPA lists it. Throws InvalidValueError.
 */
export function parseCollectionData(input: unknown): string {
  const text = textOf(input, "pagoPA's taxonomy")
  const isKnown = present.test(text) || former.test(text)
  if (isKnown && text.length <= charactersMax) return text
  throw new InvalidValueError("is none of pagoPA's taxonomy, such as 9/0101002IM/")
}
