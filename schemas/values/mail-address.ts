import { InvalidValueError, textOf } from '#schemas/values/invalid-value'

const letters = String.raw`[A-Za-z0-9!#$%&'*+/=?^_\x60{|}~-]+`
const label = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?'
const shape = new RegExp(String.raw`^(${letters}(?:\.${letters})*)@(${label}(?:\.${label})*)$`)
const localMax = 64
const addressMax = 254

/**
 * One e-mail address, bare: no name beside it, no list, no comment, no quotes, ASCII. So nothing of it can be read as
 * another header or another command of SMTP. Throws InvalidValueError.
 */
export function parseMailAddress(input: unknown): string {
  const text = textOf(input, 'an e-mail address')
  const [, local = ''] = shape.exec(text) ?? []
  if (local === '' || local.length > localMax || text.length > addressMax) {
    throw new InvalidValueError('is no e-mail address such as name@body.example')
  }
  return text
}
