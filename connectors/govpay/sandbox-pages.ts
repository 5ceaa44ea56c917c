import { creditor } from '#connectors/govpay/sandbox-documents'
import { magicCents } from '#connectors/govpay/sandbox-magic'
import { formatCents } from '#schemas/values/cents'
import type { Debt } from '#connectors/govpay/sandbox-register'
import { escape, magicTable, page as pageOf, wayBack } from '#sandboxes/page'

const page = (title: string, body: string) => pageOf('of GovPay: no money moves', title, body)

/** What this server is, and what its cents play. */
export const homePage = (): string =>
  page(
    'GovPay sandbox',
    `<p>Stands in for GovPay, to try connectors with. The cents of an amount are magic:</p>
${magicTable(magicCents)}`,
  )

interface Ways {
  /** Where the form is posted. */
  readonly action: string
  /** Where the payer goes back to without paying. */
  readonly back: string
}

/** Where a payer pays one debt. */
export const payPage = (debt: Debt, { action, back }: Ways): string => {
  const amount = formatCents(debt.amount)
  const isOpen = debt.receipts.length === 0 && !debt.isCancelled
  const form = `<form method="post" action="${escape(action)}">
<button type="submit">Pay € ${amount}</button></form>
${wayBack(back, ' without paying')}`
  const note = `<p role="status">This debt is ${debt.isCancelled ? 'cancelled' : 'already paid'}.</p>
${wayBack(back)}`
  return page(
    `Pay € ${amount}`,
    `<dl><dt>Creditor</dt><dd>${escape(creditor.name)}</dd>
<dt>Reason</dt><dd>${escape(debt.pendenza.causale)}</dd>
<dt>Amount</dt><dd>€ ${amount}</dd>
<dt>Notice number</dt><dd>${escape(debt.numeroAvviso ?? 'none')}</dd></dl>
${isOpen ? form : note}`,
  )
}

/** Shown for a session that is over or never was. */
export const deadSessionPage = (): string =>
  page('This page is over', '<p>Go back to where you came from and start the payment again.</p>')
