import { TransientError } from '#core/errors'
import type { CoreAnswer } from '#connectors/core/client'

/** Makes a call with a token of `authUrl`. */
export type SignedIn = (
  authUrl: string,
  call: (token: string) => Promise<CoreAnswer>,
) => Promise<CoreAnswer>

/**
 * Signs in once per address, keeps the token, and renews it once where an answer is 401. Throws TransientError
 * where the new one is not taken either.
 */
export const coreSession = (signIn: (authUrl: string) => Promise<string>): SignedIn => {
  const tokens = new Map<string, Promise<string>>()

  const tokenFrom = (authUrl: string): Promise<string> => {
    const known = tokens.get(authUrl)
    if (known) return known
    const asked = signIn(authUrl)
    tokens.set(authUrl, asked)
    asked.catch(() => forget(authUrl, asked))
    return asked
  }
  // Only the token that was refused: another call may have renewed it already.
  const forget = (authUrl: string, refused: Promise<string>): void => {
    if (tokens.get(authUrl) === refused) tokens.delete(authUrl)
  }

  return async (authUrl, call) => {
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      const token = tokenFrom(authUrl)
      const answer = await call(await token)
      if (answer.status !== 401) return answer
      forget(authUrl, token)
    }
    throw new TransientError('the Core takes none of the tokens it gives')
  }
}
