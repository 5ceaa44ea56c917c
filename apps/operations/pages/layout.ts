import { type Content, html, type Html } from '#apps/operations/html'
import { appVersion } from '#core/version'

/** What a page is made of. */
export interface Page {
  readonly title: string
  /** What needs somebody. */
  readonly needs: readonly string[]
  readonly body: Content
  /** Path of the page where it may show itself anew every few seconds. */
  readonly refreshing?: { readonly path: string; readonly isOn: boolean }
}

/** Seconds after which a page that is to shows itself anew. */
const refreshSeconds = 5

/** A whole document. */
export const layout = ({ title, needs, body, refreshing }: Page): Html =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${refreshing?.isOn && html`<meta http-equiv="refresh" content="${refreshSeconds}" />`}
        <title>${needs.length === 0 ? '' : `(${needs.length}) `}${title} – Corrente</title>
        <link rel="stylesheet" href="/style.css" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <header>
          <p>Corrente</p>
          <nav aria-label="Pages">
            <ul>
              <li><a href="/">Overview</a></li>
              <li><a href="/dead-letters">Dead letters</a></li>
              <li><a href="/parked">Parked</a></li>
              <li><a href="/payments">Payments</a></li>
            </ul>
          </nav>
        </header>
        <main>
          <h1>${title}</h1>
          ${verdict(needs)} ${body}
        </main>
        <footer>
          <p class="quiet">
            Version ${appVersion}, ${time(Date.now())}. ${refreshing && refreshLink(refreshing)}
          </p>
        </footer>
      </body>
    </html>`

const refreshLink = ({ path, isOn }: NonNullable<Page['refreshing']>) =>
  isOn
    ? html`<a href="${path}">Stop showing it anew</a>`
    : html`<a href="${path}?refresh=on">Show it anew every ${refreshSeconds} s</a>`

const verdict = (needs: readonly string[]): Html =>
  needs.length === 0
    ? html`<div class="verdict" role="status">
        <strong class="good">Green:</strong> nothing needs anybody.
      </div>`
    : html`<div class="verdict red" role="status">
        <strong class="bad">Red:</strong> ${needs.length === 1 ? 'this needs' : 'these need'}
        somebody.
        <ul>
          ${needs.map((need) => html`<li>${need}</li>`)}
        </ul>
      </div>`

/** An instant, in UTC to the second. */
export function time(ms: number): Html {
  const iso = new Date(ms).toISOString()
  return html`<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')} UTC</time>`
}

/** A title of a column; numbers stand to the right. */
export interface Column {
  readonly title: string
  readonly isNumber?: boolean
  /** May be broken into lines. */
  readonly isLong?: boolean
}

/** A table that scrolls by itself where it is too wide; the first cell of a row names it. */
export const table = (
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly Content[])[],
): Html =>
  html`<div class="table" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <thead>
        <tr>
          ${columns.map(
            ({ title, isNumber }) =>
              html`<th scope="col" ${looks(isNumber && 'number')}>${title}</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((content, at) => cell(columns[at]!, content, at === 0))}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`

const looks = (name: string | false | undefined): Content => name && html`class="${name}"`

const cell = ({ isNumber, isLong }: Column, content: Content, isRowName: boolean): Html => {
  const look = looks(isNumber ? 'number' : isLong && 'long')
  const shown = content ?? '–'
  return isRowName ? html`<th scope="row" ${look}>${shown}</th>` : html`<td ${look}>${shown}</td>`
}

/** Cents as euros. */
export const euros = (cents: number | null): string | null =>
  cents === null ? null : `${(cents / 100).toFixed(2)} €`

/** A rate with three figures at most; undefined where it is not known yet. */
export const rate = (perSecond: number | undefined): string | undefined =>
  perSecond === undefined ? undefined : perSecond.toFixed(perSecond < 10 ? 1 : 0)

export const whole = (number: number): string => number.toLocaleString('en')
