import { magicCents } from '#connectors/iris/sandbox-magic'
import type { Debt } from '#connectors/iris/sandbox-register'
import { escape, magicTable, page as pageOf, wayBack } from '#sandboxes/page'

/** What pages say on top. */
export const says = 'of IRIS: no money moves'

const page = (title: string, body: string) => pageOf(says, title, body)

/** What this server is, and what its cents play. */
export const homePage = (): string =>
  page(
    'IRIS sandbox',
    `<p>IRIS played, to try connectors with. The cents of an amount are magic:</p>
${magicTable(magicCents)}`,
  )

/** Where a payer pays, or goes back without. */
export const payPage = (debt: Debt, token: string, back: string): string => {
  const form = (path: string, label: string) =>
    `<form method="post" action="${escape(`${path}?token=${token}`)}">
<button type="submit">${escape(label)}</button></form>`
  const sum = `€ ${debt.amount}`
  const open =
    form('/gateway', `Pay ${sum}`) +
    form('/gateway/cancel', 'Cancel') +
    wayBack(back, ' and pay later')
  const closed = `<p role="status">This is already paid.</p>
${wayBack(back)}`
  return page(
    `Pay ${sum}`,
    `<dl><dt>Reason</dt><dd>${escape(debt.reason)}</dd>
<dt>Amount</dt><dd>${escape(sum)}</dd>
<dt>IUV</dt><dd>${escape(debt.iuv)}</dd></dl>
${debt.receipts.length > 0 ? closed : open}`,
  )
}

/** Shown for a token that is too old, was paid by or left, or never was. */
export const overPage = (): string =>
  page('This page is over', '<p>Go back to where you came from and start the payment again.</p>')
