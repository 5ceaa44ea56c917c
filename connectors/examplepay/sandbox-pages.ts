import { creditor } from '#connectors/examplepay/sandbox-documents'
import { magicCents } from '#connectors/examplepay/sandbox-magic'
import { stateOf } from '#connectors/examplepay/sandbox-register'
import type { Debt } from '#connectors/examplepay/sandbox-register'

/** What this server is, and what its cents play. */
export const homePage = (): string =>
  page(
    'examplepay sandbox',
    `<p>A fictional payment intermediary to try connectors with. The cents of an amount are magic:</p>
<table><thead><tr><th scope="col">Cents</th><th scope="col">What happens</th></tr></thead>
<tbody>${Object.entries(magicCents)
      .sort()
      .map(([cents, scene]) => `<tr><th scope="row">.${cents}</th><td>${escape(scene)}</td></tr>`)
      .join('\n')}</tbody></table>`,
  )

/** Where a payer pays one debt. */
export const payPage = (debt: Debt, action: string): string => {
  const { request, notice_number, addresses } = debt
  const back = `<p><a href="${escape(addresses.landing_url)}">Go back without paying</a></p>`
  const form = `<form method="post" action="${escape(action)}">
<button type="submit">Pay € ${escape(request.amount)}</button></form>${back}`
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
<p><a href="${escape(debt.addresses.landing_url)}">Go back</a></p>`

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
<p class="sandbox">SANDBOX of examplepay: no money moves.</p>
<main>
<h1>${escape(title)}</h1>
${body}
</main>
</body>
</html>
`

const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
