/** Of a name in an archive, in UTF-8. An index has no more than 100 bytes for an item then. */
export const nameBytesMax = 56

const digits = 8
const recordsMax = 10 ** digits
const ending = '.pdf'
const referenceBytesMax = nameBytesMax - digits - '-'.length - ending.length

/**
 * The name of the document of a movement: its record number, which makes it the only one and keeps names in the order of
 * records, and of its reference what every file system takes. Letters of all writings, digits, `.`, `_` and `-` are kept, in
 * composed form (NFC); whatever else is `_`.
 */
export function itemName(record: number, reference: string): string {
  if (!Number.isInteger(record) || record < 0 || record >= recordsMax) {
    throw new Error(`there is no name for record ${record}`)
  }
  const number = String(record).padStart(digits, '0')
  const told = keptReference(reference)
  return told === '' ? `${number}${ending}` : `${number}-${told}${ending}`
}

function keptReference(reference: string): string {
  const safe = reference
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '_')
    .replace(/\.{2,}/g, '.')
    .replace(/^[._]+/, '')
  return cut(safe, referenceBytesMax).replace(/[._]+$/, '')
}

function cut(text: string, bytesMax: number): string {
  if (Buffer.byteLength(text) <= bytesMax) return text
  let kept = ''
  let bytes = 0
  for (const sign of text) {
    bytes += Buffer.byteLength(sign)
    if (bytes > bytesMax) break
    kept += sign
  }
  return kept
}
