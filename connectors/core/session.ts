import { TransientError } from '#core/errors'
import type { CoreAnswer } from '#connectors/core/client'

/** Makes a call with a token of `authUrl`; waits for the token no longer than `signal` allows. */
export type SignedIn = (
  authUrl: string,
  call: (token: string) => Promise<CoreAnswer>,
  signal?: AbortSignal,
) => Promise<CoreAnswer>

/**
 * Signs in once per address, keeps the token, and renews it once where an answer is 401. Throws TransientError
 * where the new one is not taken either, or the caller gave up before there was one.
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

  return async (authUrl, call, signal) => {
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      const token = tokenFrom(authUrl)
      const answer = await call(await unlessGivenUp(token, signal))
      if (answer.status !== 401) return answer
      forget(authUrl, token)
    }
    throw new TransientError('the Core takes none of the tokens it gives')
  }
}

// The sign-in itself goes on: others wait for its token, too.
const unlessGivenUp = (token: Promise<string>, signal?: AbortSignal): Promise<string> =>
  new Promise((resolve, reject) => {
    const giveUp = () => reject(new TransientError('the Core gave no token in time'))
    if (signal?.aborted) return giveUp()
    signal?.addEventListener('abort', giveUp, { once: true })
    const forget = () => signal?.removeEventListener('abort', giveUp)
    token.then(resolve, reject).finally(forget)
  })
