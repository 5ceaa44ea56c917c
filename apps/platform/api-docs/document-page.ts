import { createHash } from 'node:crypto'
import type { Response } from 'express'
import { type Content, html, type Html } from '#apps/platform/html'
import { appVersion } from '#core/version'

/** The style of pages to read: no font, no image, no script; dark or light as the reader's system says. */
const style = `
:root { color-scheme: light dark; --text: #1a1d21; --quiet: #555c64; --paper: #fff; --panel: #f4f6f8; --line: #d5dade; --link: #0b57a4; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6e8ea; --quiet: #a3aab2; --paper: #15181b; --panel: #1e2226; --line: #363c42; --link: #7cb8f5; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 0 1rem 3rem; max-width: 64rem; background: var(--paper); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
a { color: var(--link); }
a:focus-visible, summary:focus-visible, .table:focus-visible, pre:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
h1 { font-size: 1.5rem; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 0.5rem; }
h3 { font-size: 1rem; margin: 2rem 0 0.25rem; overflow-wrap: anywhere; }
h4 { font-size: 0.95rem; margin: 1rem 0 0.25rem; }
p { margin: 0.25rem 0 0.5rem; }
.quiet { color: var(--quiet); }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.92rem; }
th, td { padding: 0.3rem 0.7rem 0.3rem 0; text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
thead th { border: 0; font-weight: 600; }
tbody th { font-weight: 500; }
td { overflow-wrap: break-word; min-width: 7rem; }
code, pre { font: 0.9em/1.45 ui-monospace, monospace; }
pre { overflow-x: auto; background: var(--panel); padding: 0.75rem; border-radius: 0.3rem; }
section { border-top: 1px solid var(--line); }
summary { cursor: pointer; }
ul { padding-left: 1.2rem; }
@media (max-width: 40rem) { tbody th { overflow-wrap: anywhere; min-width: 8rem; } }
`

/** Nothing but the page's own style is loaded, and nobody frames it. */
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256')
  .update(style)
  .digest('base64')}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

/** Sends a page to read. */
export function sendPage(response: Response, title: string, body: Content): void {
  // The style is no value of a template: escaped, it would be another one, and its digest too.
  const [head, rest] = String(page(title, body)).split('<!-- style -->')
  const whole = `${head}<style>${style}</style>${rest}`
  response.set('content-security-policy', policy).type('html').send(whole)
}

const page = (title: string, body: Content): Html =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – Corrente</title>
        <link rel="icon" href="data:," />
        <!-- style -->
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
        <footer><p class="quiet">Corrente ${appVersion}</p></footer>
      </body>
    </html>`

/** A table that scrolls by itself where it is too wide; the first cell of a row names it. Nothing where it has no rows. */
export const table = (
  caption: string,
  columns: readonly string[],
  rows: readonly (readonly Content[])[],
): Content =>
  rows.length > 0 &&
  html`<div class="table" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <thead>
        <tr>
          ${columns.map((column) => html`<th scope="col">${column}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([name, ...cells]) =>
            html`<tr>
              <th scope="row">${name}</th>
              ${cells.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`

/** A value to be looked at, folded away. */
export const example = (caption: string, value: unknown): Html =>
  html`<details>
    <summary>${caption}</summary>
    <pre tabindex="0">${JSON.stringify(value, null, 2)}</pre>
  </details>`
