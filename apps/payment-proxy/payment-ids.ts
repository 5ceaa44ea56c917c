const iudShape = /^[\da-f]{32}$/i
const iudWord = /(?<![\da-z])[\da-f]{32}(?![\da-z])/gi

/** Most payments looked for on the word of a body nobody has verified. */
const idsMax = 8

/** The payment of an iud, its 32 hex digits; undefined where it is none of ours. */
export const paymentIdOf = (iud: string): string | undefined =>
  iudShape.test(iud)
    ? iud.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    : undefined

/** The payments a body may be about, whatever its format: its words that could be an iud. */
export const paymentIdsIn = (body: string): string[] => paymentIdsOf(body.match(iudWord) ?? [])

/** The payments of these iuds, each once; what is no iud of ours is left out. */
export function paymentIdsOf(iuds: readonly string[]): string[] {
  const ids = iuds.flatMap((iud) => paymentIdOf(iud) ?? [])
  return [...new Set(ids)].slice(0, idsMax)
}
