import type { Addresses } from '#ports/intermediary'
import type { UrlsOf } from '#ports/payment-urls'

const withoutSlash = (url: string) => url.replace(/\/+$/, '')

/** The addresses of payments at a proxy: by `publicUrl` for payers and intermediaries, else for the poller. */
export function urlsOf(publicUrl: string, internalUrl: string): UrlsOf {
  const outside = withoutSlash(publicUrl)
  const inside = withoutSlash(internalUrl)
  return (connector, payment_id) => ({
    addresses: {
      landing: `${outside}/${connector}/landing/${payment_id}`,
      notify: `${outside}/${connector}/notify`,
    },
    links: {
      online_payment_begin: `${outside}/${connector}/online-payment/${payment_id}`,
      offline_payment: `${outside}/${connector}/notice/${payment_id}`,
      receipt: `${outside}/${connector}/receipt/${payment_id}`,
      update: `${inside}/${connector}/update/${payment_id}`,
    },
  })
}

/**
 * What the intermediary is told of a payment, found by the link that begins it: how a proxy is reached is for whoever
 * writes the links to know. Null where the link leads to no proxy of ours.
 */
export function addressesBehind(
  link: string | null,
  connector: string,
  payment_id: string,
): Addresses | null {
  const path = urlsOf('', '')(connector, payment_id).links.online_payment_begin
  if (link === null || path === null || !link.endsWith(path)) return null
  const base = link.slice(0, -path.length)
  return urlsOf(base, base)(connector, payment_id).addresses
}
