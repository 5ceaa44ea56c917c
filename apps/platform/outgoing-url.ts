import { isIP } from 'node:net'
import { z } from 'zod'
import { isLinkLocal } from '#apps/platform/link-local'
import { hasCredentials, isWebUrl } from '#apps/platform/web-address'
import { RejectedError } from '#core/errors'

interface AllowedHost {
  /** As a URL names it: lower case, international names in ASCII, IPv6 in brackets. */
  readonly hostname: string
  readonly port: string
  /** Whether the hosts below it are meant, and not itself. */
  readonly isDomain: boolean
}

function hostIn(entry: string): AllowedHost | undefined {
  const [, star, host = ''] = /^(\*\.)?([^\s\\/?#@*]+)$/.exec(entry) ?? []
  if (!URL.canParse(`http://${host}`)) return undefined
  const { hostname } = new URL(`http://${host}`)
  if (star && isIP(hostname.replace(/[[\]]/g, '')) !== 0) return undefined
  // A URL forgets the port that is its scheme's own, and an entry has no scheme.
  return { hostname, port: /:0*(\d+)$/.exec(host)?.[1] ?? '', isDomain: star !== undefined }
}

/** An entry of a list of allowed hosts: `pay.example`, `pay.example:8443`, or `*.example` for all below it. */
export const allowedHost = z
  .string()
  .refine(
    (entry) => hostIn(entry) !== undefined,
    'is no host such as pay.example, pay.example:8443 or *.example',
  )

const portOf = ({ port, protocol }: URL): string => port || (protocol === 'https:' ? '443' : '80')

function isAllowed(url: URL, entry: string): boolean {
  const allowed = hostIn(entry)
  if (!allowed || (allowed.port !== '' && allowed.port !== portOf(url))) return false
  return allowed.isDomain
    ? url.hostname.endsWith(`.${allowed.hostname}`)
    : url.hostname === allowed.hostname
}

/**
 * The URL that came with data, where we may call it: http or https, no credentials in it, never an address of the
 * link, and a host on the tenant's list (an empty one allows none; an entry without a port allows all ports). Throws
 * RejectedError: 'no-web-url', 'url-with-credentials', 'link-local-host' or 'host-not-allowed'; no more of the URL
 * than its host is told.
 *
 * Pure, so it knows no addresses of names: the call itself goes by outgoingAgents, which refuse a name that leads to
 * an address of the link.
 */
export function outgoingUrl(text: string, allowedHosts: readonly string[]): URL {
  if (!isWebUrl(text)) throw new RejectedError('no-web-url', 'the address is no http or https URL')
  if (hasCredentials(text)) {
    throw new RejectedError('url-with-credentials', 'the address has credentials in it')
  }
  const url = new URL(text)
  if (isLinkLocal(url.hostname)) {
    throw new RejectedError('link-local-host', 'the address is one of the link itself')
  }
  if (allowedHosts.some((entry) => isAllowed(url, entry))) return url
  throw new RejectedError('host-not-allowed', `${url.host} is not among the tenant's allowed hosts`)
}
