import { InvalidValueError } from '#schemas/values/invalid-value'

const keyLengthMax = 512
const segmentShape = /^(?!\.{1,2}$)[A-Za-z0-9._=-]{1,200}$/

const isPath = (text: string): boolean =>
  text.length <= keyLengthMax && text.split('/').every((segment) => segmentShape.test(segment))

/**
 * The key of an object is segments of letters, digits and `. _ = -` with slashes between them: a name of S3, a path of
 * files, and part of a URL as it is. Nothing personal belongs into one. Throws InvalidValueError for any other text.
 */
export function checkKey(key: string): void {
  if (isPath(key)) return
  throw new InvalidValueError(
    `is no key of an object: segments of up to 200 letters, digits, ". _ = -", with slashes between, ${keyLengthMax} in all`,
  )
}

/** A prefix is whole segments with a slash behind each, or nothing. Throws InvalidValueError for any other text. */
export function checkPrefix(prefix: string): void {
  if (prefix === '' || (prefix.endsWith('/') && isPath(prefix.slice(0, -1)))) return
  throw new InvalidValueError('is no prefix of objects: segments of a key, a slash behind each')
}
