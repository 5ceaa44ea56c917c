import { z } from 'zod'
import { isLinkLocal } from '#schemas/values/link-local'
import { hasCredentials, isWebUrl } from '#apps/platform/web-address'
import { RejectedError } from '#core/errors'
import { isAllowedHost, parseAllowedHost } from '#schemas/values/allowed-host'
import { InvalidValueError } from '#schemas/values/invalid-value'

/** A setting that lists hosts, separated by commas; see parseAllowedHost. */
export const allowedHosts = z.string().transform((text, context): readonly string[] => {
  try {
    return text.split(',').map(parseAllowedHost)
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error
    context.addIssue(error.reason)
    return z.NEVER
  }
})

/**
 * The URL that came with data, where we may call it: http or https, no credentials in it, never an address of the
 * link, and a host on the tenant's list (an empty one allows none; an entry without a port allows all ports). Throws
 * RejectedError: 'no-web-url', 'url-with-credentials', 'link-local-host' or 'host-not-allowed'; no more of the URL
 * than its host is told.
 *
 * Pure, so it knows no addresses of names: the call itself goes by outgoingAgents, which refuse a name that leads to
 * an address of the link.
 */
export function outgoingUrl(text: string, hosts: readonly string[]): URL {
  if (!isWebUrl(text)) throw new RejectedError('no-web-url', 'the address is no http or https URL')
  if (hasCredentials(text)) {
    throw new RejectedError('url-with-credentials', 'the address has credentials in it')
  }
  const url = new URL(text)
  if (isLinkLocal(url.hostname)) {
    throw new RejectedError('link-local-host', 'the address is one of the link itself')
  }
  if (isAllowedHost(url, hosts)) return url
  throw new RejectedError('host-not-allowed', `${url.host} is not among the tenant's allowed hosts`)
}
