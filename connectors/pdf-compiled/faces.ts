import {
  hasSign,
  type SubsetFont,
  subsetFont,
  type FontWeight,
} from '#connectors/pdf-compiled/font-subset'
import { RejectedError } from '#core/errors'
import { printedText } from '#schemas/values/printed-text'

/** The fonts of a batch, with the same characters. */
export interface Faces {
  readonly regular: SubsetFont
  readonly medium: SubsetFont
}

const weights: readonly FontWeight[] = ['Regular', 'Medium']

/** Whether the whole fonts, and not only those of a batch, have a sign for a character. */
export const isDrawable = (character: string): boolean =>
  weights.every((weight) => hasSign(weight, character))

export const nameOf = (character: string): string =>
  `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`

/**
 * The fonts with these of their own, all of which they must have, and with those of a batch that they have. Throws
 * RejectedError('no-sign').
 */
export function facesOf(own: string, batch: string): Faces {
  const characters = new Set(` ${own}`)
  for (const character of characters) {
    if (isDrawable(character)) continue
    throw new RejectedError('no-sign', `the fonts have no sign for ${nameOf(character)}`)
  }
  for (const character of withComposed(batch)) {
    if (printedText(character) === character && isDrawable(character)) characters.add(character)
  }
  const sorted = [...characters].sort()
  return { regular: subsetFont('Regular', sorted), medium: subsetFont('Medium', sorted) }
}

/** The characters, and all that letters and marks among them make together: which did is not known any more. */
function withComposed(batch: string): ReadonlySet<string> {
  const characters = new Set([...batch, ...batch.normalize('NFC')])
  const marks = [...characters].filter((character) => /\p{M}/u.test(character))
  // Growing while it is gone through: a letter may have two marks.
  for (const character of characters) {
    for (const mark of marks) {
      const composed = [...(character + mark).normalize('NFC')]
      if (composed.length === 1) characters.add(composed[0]!)
    }
  }
  return characters
}
