import { creditor } from '#connectors/govpay/sandbox-documents'
import { magicCents } from '#connectors/govpay/sandbox-magic'
import { formatCents } from '#schemas/values/cents'
import type { Debt } from '#connectors/govpay/sandbox-register'

/** What this server is, and what its cents play. */
export const homePage = (): string =>
  page(
    'GovPay sandbox',
    `<p>Stands in for GovPay, to try connectors with. The cents of an amount are magic:</p>
<table><thead><tr><th scope="col">Cents</th><th scope="col">What happens</th></tr></thead>
<tbody>${Object.entries(magicCents)
      .sort()
      .map(([cents, scene]) => `<tr><th scope="row">.${cents}</th><td>${escape(scene)}</td></tr>`)
      .join('\n')}</tbody></table>`,
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
<p><a href="${escape(back)}">Go back without paying</a></p>`
  const note = `<p role="status">This debt is ${debt.isCancelled ? 'cancelled' : 'already paid'}.</p>
<p><a href="${escape(back)}">Go back</a></p>`
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

const style = `
:root{color-scheme:light dark;font:1.125rem/1.5 system-ui,sans-serif}
body{max-width:34rem;margin:0 auto;padding:1rem}
.sandbox{border:3px solid #b00020;padding:.5rem .75rem;font-weight:bold}
dt{font-weight:bold}dd{margin:0 0 .75rem;overflow-wrap:anywhere}
table{border-collapse:collapse}th,td{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0}
button{font:inherit;font-weight:bold;width:100%;min-height:3rem;border:0;border-radius:.25rem;background:#0b3d91;color:#fff}
button:focus-visible,a:focus-visible{outline:3px solid #f5a300;outline-offset:2px}`

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>SANDBOX: ${escape(title)}</title>
<style>${style}</style>
</head>
<body>
<p class="sandbox">SANDBOX of GovPay: no money moves.</p>
<main>
<h1>${escape(title)}</h1>
${body}
</main>
</body>
</html>
`

const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
