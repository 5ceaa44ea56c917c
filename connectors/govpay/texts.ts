import { isPlain } from '#schemas/values/plain-text'

/**
 * Text as notices can be printed with: curly quotes and dashes break them. Cut between characters, so that not more
 * is left than GovPay takes, which counts as Java does.
 */
export const plain = (text: string, unitsMax: number): string => {
  if (isPlain(text, unitsMax)) return text
  const mended = text
    .normalize('NFC')
    .replace(/[\u2018\u2019\u201B\u2032]/g, "'")
    .replace(/[\u201C\u201D\u201F\u2033]/g, '"')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
  if (mended.length <= unitsMax) return mended
  const end = /[\uD800-\uDBFF]/.test(mended.charAt(unitsMax - 1)) ? unitsMax - 1 : unitsMax
  return mended.slice(0, end).trimEnd()
}

/** The same; undefined where nothing is left, since GovPay refuses empty text. */
export const plainIfAny = (text: string | null, unitsMax: number): string | undefined =>
  plain(text ?? '', unitsMax) || undefined
