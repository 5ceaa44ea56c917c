import { lookup, type LookupAddress } from 'node:dns'
import http, { type ClientRequestArgs } from 'node:http'
import https from 'node:https'
import type { LookupFunction } from 'node:net'
import type { Duplex } from 'node:stream'
import { isLinkLocal } from '#schemas/values/link-local'
import { RejectedError } from '#core/errors'

type Connected = (error: Error | null, stream: Duplex) => void

const linkLocal = () =>
  new RejectedError('link-local-host', 'the host leads to an address of the link itself')

const refuse = (error: Error, connected: Connected): undefined => {
  // Without a socket there is an error: the declared type knows no such call.
  connected(error, undefined as unknown as Duplex)
}

const isRefused = ({ host }: ClientRequestArgs): boolean => isLinkLocal(host ?? '')

// Of an address there is no name to look up, so the lookup is not asked.
class OutgoingHttpAgent extends http.Agent {
  override createConnection(options: ClientRequestArgs, connected: Connected) {
    if (isRefused(options)) return refuse(linkLocal(), connected)
    return super.createConnection(options, connected)
  }
}

class OutgoingHttpsAgent extends https.Agent {
  override createConnection(options: https.RequestOptions, connected: Connected) {
    if (isRefused(options)) return refuse(linkLocal(), connected)
    return super.createConnection(options, connected)
  }
}

/**
 * The lookup of a socket that refuses a name with any address of the link among its addresses. The socket connects to
 * what this answers and asks no second time: a name that leads elsewhere a moment later gains nothing.
 */
export const outgoingLookup =
  (resolve: typeof lookup = lookup): LookupFunction =>
  (hostname, options, answer) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return answer(error, '')
      const found = answered(addresses)
      if (found instanceof Error) return answer(found, '')
      if (options.all) return answer(null, addresses)
      answer(null, found.address, found.family)
    })
  }

function answered(addresses: readonly LookupAddress[]): LookupAddress | Error {
  const [first] = addresses
  if (!first) return new RejectedError('no-address', 'the host has no address')
  return addresses.some(({ address }) => isLinkLocal(address)) ? linkLocal() : first
}

/** Who we are to a server that asks for a certificate, PEM; and by whom it is trusted, where not by node's own list. */
export interface TlsIdentity {
  readonly cert: string
  readonly key: string
  readonly ca?: string
}

interface OutgoingOptions {
  readonly resolve?: typeof lookup | undefined
  readonly identity?: TlsIdentity | undefined
}

/**
 * What every call to a URL that came with data is made with: `axios.create({ ...outgoingCalls(), … })`, or `agent` of
 * node's own requests. One pool for the process. No redirect is followed (node follows none), and no proxy of the
 * environment is taken: it would resolve the name itself.
 */
export const outgoingCalls = ({ resolve = lookup, identity }: OutgoingOptions = {}) => {
  const options = { keepAlive: true, maxSockets: 64, lookup: outgoingLookup(resolve) }
  return {
    httpAgent: new OutgoingHttpAgent(options),
    httpsAgent: new OutgoingHttpsAgent({ ...options, ...identity }),
    maxRedirects: 0,
    proxy: false,
  } as const
}
