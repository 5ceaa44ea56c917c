import { isIP } from 'node:net'
import { InvalidValueError, textOf } from '#schemas/values/invalid-value'

interface AllowedHost {
  /** As a URL names it: lower case, international names in ASCII, IPv6 in brackets. */
  readonly hostname: string
  /** Empty where all ports are meant. */
  readonly port: string
  /** Whether the hosts below it are meant, and not itself. */
  readonly isDomain: boolean
}

function hostIn(entry: string): AllowedHost | undefined {
  const [, star, host = ''] = /^(\*\.)?([^\s\\/?#@*]+)$/.exec(entry) ?? []
  if (!URL.canParse(`http://${host}`)) return undefined
  const { hostname } = new URL(`http://${host}`)
  const isAddress = isIP(hostname.replace(/[[\]]/g, '')) !== 0
  // A dot at an end is a name that no URL meant for people has, and that would be compared with none.
  if ((star && isAddress) || (!isAddress && hostname.split('.').includes(''))) return undefined
  // A URL forgets the port that is its scheme's own, and an entry has no scheme.
  return { hostname, port: /:0*(\d+)$/.exec(host)?.[1] ?? '', isDomain: star !== undefined }
}

/**
 * An entry of a list of allowed hosts as it is compared: `pay.example`, `pay.example:8443`, or `*.example` for all
 * below it. Throws InvalidValueError.
 */
export function parseAllowedHost(input: unknown): string {
  const host = hostIn(textOf(input, 'a host').trim())
  if (!host) {
    throw new InvalidValueError('is no host such as pay.example, pay.example:8443 or *.example')
  }
  const { hostname, port, isDomain } = host
  return `${isDomain ? '*.' : ''}${hostname}${port === '' ? '' : `:${port}`}`
}

/** Whether the host of an http or https URL is on the list; an entry without a port allows all ports. */
export const isAllowedHost = (url: URL, entries: readonly string[]): boolean =>
  entries.some((entry) => isMeant(url, hostIn(entry)))

const portOf = ({ port, protocol }: URL): string => port || (protocol === 'https:' ? '443' : '80')

function isMeant(url: URL, allowed: AllowedHost | undefined): boolean {
  if (!allowed || (allowed.port !== '' && allowed.port !== portOf(url))) return false
  if (!allowed.isDomain) return url.hostname === allowed.hostname
  return url.hostname.endsWith(`.${allowed.hostname}`) && !url.hostname.startsWith('.')
}
