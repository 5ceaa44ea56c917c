import { paymentIdOf } from '#schemas/values/iud'

const iudWord = /(?<![\da-z])[\da-f]{32}(?![\da-z])/gi

/** Most payments looked for on the word of a body nobody has verified. */
const idsMax = 8

/** The payments a body may be about, whatever its format: its words that could be an iud. */
export const paymentIdsIn = (body: string): string[] => paymentIdsOf(body.match(iudWord) ?? [])

/** The payments of these iuds, each once; what is no iud of ours is left out. */
export function paymentIdsOf(iuds: readonly string[]): string[] {
  const ids = iuds.flatMap((iud) => paymentIdOf(iud) ?? [])
  return [...new Set(ids)].slice(0, idsMax)
}
