import { createHash, timingSafeEqual } from 'node:crypto'

/** A caller and the secret it shows. A name may have several, so that a token can be changed without a gap. */
export interface Token {
  readonly name: string
  readonly token: string
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
