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
