import { iuvOf, makeNoticeCode } from '#schemas/values/notice-code'

const baseTail = 10n ** 11n
const baseHeads = 99n

/**
 * A notice code made from an iud alone, so that whoever has the iud has the numbers and an answer that was lost loses
 * none of them. The 13 digits of the base begin with 01 to 99: those with 00 some intermediaries give themselves. Two
 * payments of a body share a number about once in 10^13.
 */
export const noticeCodeFor = (iud: string, segregationCode: string): string => {
  const position = BigInt(`0x${iud}`) % (baseHeads * baseTail)
  return makeNoticeCode({ aux: 3, segregationCode, base: String(position + baseTail) })
}

/** The IUV that goes with it: the notice code without its auxiliary digit. */
export const iuvFor = (iud: string, segregationCode: string): string =>
  iuvOf(noticeCodeFor(iud, segregationCode))
