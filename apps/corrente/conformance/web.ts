import type { Exchange } from '#apps/corrente/conformance/observed'
import { isLinkLocal } from '#schemas/values/link-local'
import { hasCredentials, isWebUrl } from '#apps/platform/web-address'

/** A request to the proxy that is judged. */
export interface Asked {
  readonly method?: 'GET' | 'PUT' | 'POST' | 'DELETE' | 'OPTIONS'
  readonly url: string
  readonly token?: string | undefined
  /** Of the page that asks. */
  readonly origin?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: object
}

const answerMsMax = 15_000
const bodyBytesMax = 1024 * 1024

/** Why an address of the proxy's is not called; undefined where it is. */
function notCalled(url: string): string | undefined {
  if (!isWebUrl(url)) return 'it is no http or https URL'
  if (hasCredentials(url)) return 'it has credentials in it'
  return isLinkLocal(new URL(url).hostname) ? 'it is an address of the link itself' : undefined
}

const shownAsked = (method: string, url: string): string =>
  URL.canParse(url)
    ? `${method} ${new URL(url).origin}${new URL(url).pathname}`
    : `${method} (no URL)`

/** Asks once, follows no redirect, and tells what came of it. Throws only where the run is given up. */
export async function ask(asking: Asked, signal: AbortSignal): Promise<Exchange> {
  const { method = 'GET', url, token, origin, headers, body } = asking
  const asked = shownAsked(method, url)
  const refusal = notCalled(url)
  if (refusal !== undefined) return { asked, error: refusal }
  try {
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerMsMax)]),
      headers: {
        ...headers,
        ...(origin === undefined ? {} : { origin }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    return {
      asked,
      ...(origin === undefined ? {} : { origin }),
      status: response.status,
      headers: headersOf(response),
      body: await beginningOf(response),
    }
  } catch (error) {
    signal.throwIfAborted()
    return { asked, error: reasonOf(error as Error) }
  }
}

const reasonOf = ({ name, message, cause }: Error): string => {
  if (name === 'TimeoutError') return `no answer within ${answerMsMax / 1_000} s`
  const { code } = (cause ?? {}) as NodeJS.ErrnoException
  return code ?? message
}

function headersOf({ headers }: Response): Record<string, string> {
  const found: Record<string, string> = {}
  headers.forEach((value, name) => (found[name] = value))
  return found
}

/** The body, a character a byte, as far as it is looked at. */
async function beginningOf({ body }: Response): Promise<string> {
  if (!body) return ''
  const chunks: Uint8Array[] = []
  let bytes = 0
  const reader = body.getReader()
  while (bytes < bodyBytesMax) {
    const { value, done } = await reader.read()
    if (done) break
    chunks.push(value)
    bytes += value.length
  }
  await reader.cancel()
  return Buffer.concat(chunks).toString('latin1')
}
