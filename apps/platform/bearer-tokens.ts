import { createHash, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'

/** A caller and the secret it shows. A name may have several, so that a token can be changed without a gap. */
export interface Token {
  readonly name: string
  readonly token: string
}

const tokenLengthMin = 16
const tokenShape = new RegExp(`^[\\w.-]+:[^\\s,]{${tokenLengthMin},}$`)

/** The tokens of a setting: `<name>:<token>,…` */
export const BearerTokens = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .refine((parts) => parts.every((part) => tokenShape.test(part)), {
    // A message of the schema's own would show the secret.
    error: `must be <name>:<token>,… with tokens of at least ${tokenLengthMin} characters`,
    abort: true,
  })
  .transform((parts) => parts.map(tokenOf))

function tokenOf(part: string): Token {
  const colon = part.indexOf(':')
  return { name: part.slice(0, colon), token: part.slice(colon + 1) }
}

const digest = (text: string) => createHash('sha256').update(text).digest()

/** Finds who shows a bearer token. Takes as long for a wrong one as for a right one. */
export function callerOf(tokens: readonly Token[]) {
  const known = tokens.map(({ name, token }) => ({ name, digest: digest(token) }))
  return (authorisation: string | undefined): string | undefined => {
    const given = digest(/^Bearer +(\S+)$/i.exec(authorisation ?? '')?.[1] ?? '')
    const matches = known.map((caller) => timingSafeEqual(caller.digest, given))
    return known[matches.indexOf(true)]?.name
  }
}
