/** Text of others in a page. */
export const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

const style = `
:root{color-scheme:light dark;font:1.125rem/1.5 system-ui,sans-serif}
body{max-width:34rem;margin:0 auto;padding:1rem}
.sandbox{border:3px solid #b00020;padding:.5rem .75rem;font-weight:bold}
dt{font-weight:bold}dd{margin:0 0 .75rem;overflow-wrap:anywhere}
table{border-collapse:collapse}th,td{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0}
button{font:inherit;font-weight:bold;width:100%;min-height:3rem;margin:0 0 .75rem;border:0;border-radius:.25rem;background:#0b3d91;color:#fff}
button:focus-visible,a:focus-visible{outline:3px solid #f5a300;outline-offset:2px}`

/** A page of a sandbox, which says on top what it is, such as `of examplepay: no money moves`; `body` is HTML. */
export const page = (says: string, title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>SANDBOX: ${escape(title)}</title>
<style>${style}</style>
</head>
<body>
<p class="sandbox">SANDBOX ${escape(says)}.</p>
<main>
<h1>${escape(title)}</h1>
${body}
</main>
</body>
</html>
`

/** By which payers leave a page to pay at; every such page has one, which starts with these two words. */
export const wayBack = (landing: string, more = ''): string =>
  `<p><a href="${escape(landing)}">Go back${escape(more)}</a></p>`

/** What the cents of an amount make a sandbox play, as a table. */
export const magicTable = (magicCents: Readonly<Record<string, string>>): string => {
  const rows = Object.entries(magicCents)
    .sort()
    .map(([cents, scene]) => `<tr><th scope="row">.${cents}</th><td>${escape(scene)}</td></tr>`)
  return `<table><thead><tr><th scope="col">Cents</th><th scope="col">What happens</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table>`
}
