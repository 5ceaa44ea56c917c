import { creditor } from '#connectors/examplepay/sandbox-documents'
import { magicCents } from '#connectors/examplepay/sandbox-magic'
import { stateOf } from '#connectors/examplepay/sandbox-register'
import type { Debt } from '#connectors/examplepay/sandbox-register'
import { escape, magicTable, page as pageOf, wayBack } from '#sandboxes/page'

const page = (title: string, body: string) => pageOf('of examplepay: no money moves', title, body)

/** What this server is, and what its cents play. */
export const homePage = (): string =>
  page(
    'examplepay sandbox',
    `<p>A fictional payment intermediary to try connectors with. The cents of an amount are magic:</p>
${magicTable(magicCents)}`,
  )

/** Where a payer pays one debt. */
export const payPage = (debt: Debt, action: string): string => {
  const { request, notice_number, addresses } = debt
  const form = `<form method="post" action="${escape(action)}">
<button type="submit">Pay € ${escape(request.amount)}</button></form>${wayBack(addresses.landing_url, ' without paying')}`
  return page(
    `Pay € ${request.amount}`,
    `<dl><dt>Creditor</dt><dd>${escape(creditor.name)}</dd>
<dt>Reason</dt><dd>${escape(request.reason)}</dd>
<dt>Amount</dt><dd>€ ${escape(request.amount)}</dd>
<dt>Notice number</dt><dd>${escape(notice_number)}</dd></dl>
${stateOf(debt) === 'UNPAID' ? form : closedNote(debt)}`,
  )
}

const closedNote = (debt: Debt): string =>
  `<p role="status">This debt is ${stateOf(debt) === 'PAID' ? 'already paid' : 'expired'}.</p>
${wayBack(debt.addresses.landing_url)}`

/** Shown for a session that is over or never was. */
export const deadSessionPage = (): string =>
  page('This page is over', '<p>Go back to where you came from and start the payment again.</p>')
