import { magicCents } from '#connectors/external-page/sandbox-magic'
import type { Entry } from '#connectors/external-page/sandbox-register'

/** What this server is, and what its cents play. */
export const homePage = (): string =>
  page(
    'external page sandbox',
    `<p>A fictional page to pay at, opened by signed addresses. The cents of an amount are magic:</p>
<table><thead><tr><th scope="col">Cents</th><th scope="col">What happens</th></tr></thead>
<tbody>${Object.entries(magicCents)
      .sort()
      .map(([cents, scene]) => `<tr><th scope="row">.${cents}</th><td>${escape(scene)}</td></tr>`)
      .join('\n')}</tbody></table>`,
  )

/** Where a payer pays, or goes back without. */
export const payPage = ({ asked, receipts }: Entry, query: string): string => {
  const form = (path: string, label: string) =>
    `<form method="post" action="${escape(`${path}?${query}`)}">
<button type="submit">${escape(label)}</button></form>`
  const sum = `€ ${asked.amount}`
  const open = form('/pay', `Pay ${sum}`) + form('/pay/cancel', 'Go back without paying')
  const closed = `<p role="status">This is already paid.</p>
<p><a href="${escape(asked.landing)}">Go back</a></p>`
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

const style = `
:root{color-scheme:light dark;font:1.125rem/1.5 system-ui,sans-serif}
body{max-width:34rem;margin:0 auto;padding:1rem}
.sandbox{border:3px solid #b00020;padding:.5rem .75rem;font-weight:bold}
dt{font-weight:bold}dd{margin:0 0 .75rem;overflow-wrap:anywhere}
table{border-collapse:collapse}th,td{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0}
button{font:inherit;font-weight:bold;width:100%;min-height:3rem;margin:0 0 .75rem;border:0;border-radius:.25rem;background:#0b3d91;color:#fff}
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
<p class="sandbox">SANDBOX of an external page: no money moves.</p>
<main>
<h1>${escape(title)}</h1>
${body}
</main>
</body>
</html>
`

const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
