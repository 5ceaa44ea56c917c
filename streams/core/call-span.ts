import type { Exchange } from '#core/exchanges'
import { spanHere } from '#core/span-here'

type Called = Pick<Exchange, 'method' | 'url' | 'status' | 'error'>

/**
 * Begins the span of a call of an outside party; what is returned ends it. Undefined where nothing is recorded here. It is
 * named by the party's host: its path and query hold ids.
 */
export function beginCallSpan(): ((called: Called) => void) | undefined {
  const here = spanHere()
  if (!here?.isRecorded) return undefined
  const span = here.begin({ name: 'call', kind: 'client' })
  return ({ method, url, status, error }) => {
    const { hostname, port, protocol } = new URL(url)
    const failed = error ?? (status !== undefined && status >= 400 ? String(status) : undefined)
    span.end({
      name: `${method} ${hostname}`,
      attributes: {
        'http.request.method': method,
        'server.address': hostname,
        'server.port': Number(port || (protocol === 'https:' ? 443 : 80)),
        ...(status === undefined ? {} : { 'http.response.status_code': status }),
      },
      ...(failed === undefined ? {} : { error: failed }),
    })
  }
}
