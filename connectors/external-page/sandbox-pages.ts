import { magicCents } from '#connectors/external-page/sandbox-magic'
import type { Entry } from '#connectors/external-page/sandbox-register'
import { escape, magicTable, page as pageOf, wayBack } from '#sandboxes/page'

const page = (title: string, body: string) =>
  pageOf('of an external page: no money moves', title, body)

/** What this server is, and what its cents play. */
export const homePage = (): string =>
  page(
    'external page sandbox',
    `<p>A fictional page to pay at, opened by signed addresses. The cents of an amount are magic:</p>
${magicTable(magicCents)}`,
  )

/** Where a payer pays, or goes back without. */
export const payPage = ({ asked, receipts }: Entry, query: string): string => {
  const form = (path: string, label: string) =>
    `<form method="post" action="${escape(`${path}?${query}`)}">
<button type="submit">${escape(label)}</button></form>`
  const sum = `€ ${asked.amount}`
  const open = [
    form('/pay', `Pay ${sum}`),
    form('/pay/cancel', 'Cancel'),
    wayBack(asked.landing, ' and pay later'),
  ].join('\n')
  const closed = `<p role="status">This is already paid.</p>
${wayBack(asked.landing)}`
  return page(
    `Pay ${sum}`,
    `<dl><dt>Description</dt><dd>${escape(asked.description)}</dd>
<dt>Amount</dt><dd>${escape(sum)}</dd>
<dt>Reference</dt><dd>${escape(asked.iud)}</dd></dl>
${receipts.length > 0 ? closed : open}`,
  )
}

/** Shown for an address that is too old, or was paid or cancelled by. */
export const overPage = (): string =>
  page('This page is over', '<p>Go back to where you came from and start the payment again.</p>')

/** Shown for an address that is not signed with the secret, or asks for what the page has not. */
export const refusedPage = (): string =>
  page('This address is not valid', '<p>Nothing was paid. Go back to where you came from.</p>')
