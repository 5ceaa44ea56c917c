import type { Payment, PaymentFactLinks } from '#schemas/generated/types'

/**
 * A due that was not born here, as ours from now on: links that nobody filled lead to us. Undefined where its update
 * link leads to another proxy: that one follows it, whoever else is configured for its service.
 */
export function adoptedDue(payment: Payment, ours: PaymentFactLinks): Payment | undefined {
  const { links } = payment
  if (links.update.url !== null && !isBeside(links.update.url, ours)) return undefined
  return {
    ...payment,
    links: {
      ...links,
      online_payment_begin: filled(links.online_payment_begin, ours.online_payment_begin),
      offline_payment: filled(links.offline_payment, ours.offline_payment),
      receipt: filled(links.receipt, ours.receipt),
      update: filled(links.update, ours.update),
    },
  }
}

const filled = <Link extends { readonly url: string | null }>(link: Link, url: string | null) => ({
  ...link,
  url: link.url ?? url,
})

/** Whether the address is at our proxy, as browsers or as the poller reach it. */
const isBeside = (url: string, { update, online_payment_begin }: PaymentFactLinks): boolean =>
  [update, online_payment_begin].some(
    (own) => own !== null && URL.canParse(url) && new URL(url).origin === new URL(own).origin,
  )
