import { escape, magicTable, page as pageOf, wayBack } from '#sandboxes/page'
import { creditor } from '#connectors/mypay/sandbox-creditor'
import { magicCents } from '#connectors/mypay/sandbox-magic'
import type { Debt } from '#connectors/mypay/sandbox-register'

/** What pages of this sandbox say on top. */
export const says = 'of MyPay: no money moves'
const page = (title: string, body: string) => pageOf(says, title, body)

/** What this server is, and what its cents play. */
export const homePage = (): string =>
  page(
    'MyPay sandbox',
    `<p>MyPay played, to try connectors with. The cents of an amount are magic:</p>
${magicTable(magicCents)}`,
  )

/** Where a payer pays the dues of one session, or goes back without; `back` is where to. */
export const payPage = (debts: readonly Debt[], path: string, back: string | undefined): string => {
  const form = (action: string, label: string) =>
    `<form method="post" action="${escape(action)}">
<button type="submit">${escape(label)}</button></form>`
  const link = (more?: string) => (back === undefined ? '' : wayBack(back, more))
  const open = form(path, 'Pay') + form(`${path}/cancel`, 'Cancel') + link(' and pay later')
  const closed = `<p role="status">There is nothing to pay here any more.</p>\n${link()}`
  return page('Pay', `${debts.map(rows).join('\n')}\n${debts.every(isOpen) ? open : closed}`)
}

const isOpen = ({ receipts, isWithdrawn }: Debt): boolean => receipts.length === 0 && !isWithdrawn

const rows = ({ reason, amount, iuv }: Debt): string =>
  `<dl><dt>Creditor</dt><dd>${escape(creditor.name)}</dd>
<dt>Reason</dt><dd>${escape(reason)}</dd>
<dt>Amount</dt><dd>€ ${escape(amount)}</dd>
<dt>IUV</dt><dd>${escape(iuv)}</dd></dl>`

/** Shown where there is nowhere to go back to. */
export const endPage = (): string => page('Done', '<p>The body gave no page to go back to.</p>')

/** Shown for a session that is over or never was. */
export const overPage = (): string =>
  page('This page is over', '<p>Go back to where you came from and start the payment again.</p>')
