import { setTimeout as sleep } from 'node:timers/promises'
import { SignJWT } from 'jose'

const askMsMax = 60_000
const answerMsMax = 10_000
const pauseMs = 250
const tokenLife = '10m'
/** The proxy or the keeper of configurations is not there yet. */
const tryAgain: readonly number[] = [502, 503, 504]

/** A token by which the proxy lets a public body's configurations be changed. */
export const tokenFor = (tenant_id: string, secret: string): Promise<string> =>
  new SignJWT({ tenant_id })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime(tokenLife)
    .sign(new TextEncoder().encode(secret))

/** PUTs a configuration until it is taken. Throws a sentence where it is refused, or not taken within a minute. */
export async function configureAt(url: string, token: string, body: object): Promise<void> {
  const deadline = performance.now() + askMsMax
  for (;;) {
    const why = await refusedPut(url, token, body)
    if (why === undefined) return
    if (performance.now() > deadline) throw new Error(`PUT ${url} is not answered in time: ${why}`)
    await sleep(pauseMs)
  }
}

/** Why it is not taken yet; undefined where it is. Throws where it is refused. */
async function refusedPut(url: string, token: string, body: object): Promise<string | undefined> {
  const answer = await fetch(url, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(answerMsMax),
  }).catch((error: Error) => error)
  if (answer instanceof Error) return answer.message
  const text = await answer.text()
  if (answer.ok) return undefined
  if (tryAgain.includes(answer.status)) return text
  throw new Error(`PUT ${url} is refused with ${answer.status}: ${text}`)
}
