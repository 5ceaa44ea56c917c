/**
 * Text as it can be printed on a notice: curly quotes and dashes made straight, control characters and spaces one
 * space, cut between characters.
 */
export const plain = (text: string, charactersMax: number): string =>
  isPlain(text, charactersMax) ? text : mended(text, charactersMax)

// Most texts: words of ASCII, one space between them.
const words = /^[!-~]+(?: [!-~]+)*$/

/** Whether a text is as it can be printed, and short enough, in any way of counting: nothing is to be mended. */
export const isPlain = (text: string, charactersMax: number): boolean =>
  text.length <= charactersMax && words.test(text)

const mended = (text: string, charactersMax: number): string =>
  [
    ...text
      .normalize('NFC')
      .replace(/[\u2018\u2019\u201B\u2032]/g, "'")
      .replace(/[\u201C\u201D\u201F\u2033]/g, '"')
      .replace(/[\u2010-\u2015\u2212]/g, '-')
      .replace(/[\p{Cc}\p{Cs}\s]+/gu, ' ')
      .trim(),
  ]
    .slice(0, charactersMax)
    .join('')
    .trim()

/** The same of a member that may be absent; undefined where nothing is left, or it is not of this shape. */
export const optionalPlain = (
  text: string | null | undefined,
  charactersMax: number,
  shape = /./su,
): string | undefined => {
  const told = plain(text ?? '', charactersMax)
  return shape.test(told) ? told : undefined
}
