import { type Content, html, type Html } from '#apps/platform/html'
import type { Visitor } from '#apps/operations/sign-in/sessions'
import { appVersion } from '#core/version'

/** Around each page: who sees it, and what needs somebody. */
export interface Frame {
  /** Path of the page. */
  readonly path: string
  readonly needs: readonly string[]
  /** Who is signed in; undefined where nobody has to be. */
  readonly visitor: Visitor | undefined
  /** What the forms of the session carry; undefined for who changes nothing. */
  readonly token: string | undefined
}

/** What a page is made of. */
export interface Page {
  readonly title: string
  /** Undefined of a page that anybody may get: it tells of nothing. */
  readonly frame: Frame | undefined
  readonly body: Content
  /** Whether the page shows itself anew every few seconds, where it may. */
  readonly isRefreshing?: boolean
}

/** Seconds after which a page that is to shows itself anew. */
const refreshSeconds = 5

const pages = [
  ['/', 'Overview'],
  ['/payments', 'Payments'],
  ['/dead-letters', 'Dead letters'],
  ['/parked', 'Parked'],
  ['/circuits', 'Circuits'],
  ['/lag', 'Lag'],
  ['/configuration', 'Configuration'],
  ['/audit', 'Audit'],
] as const

/** A whole document. */
export const layout = ({ title, frame, body, isRefreshing }: Page): Html =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${isRefreshing && html`<meta http-equiv="refresh" content="${refreshSeconds}" />`}
        <title>
          ${frame && frame.needs.length > 0 && `(${frame.needs.length}) `}${title} – Corrente
        </title>
        <link rel="stylesheet" href="/style.css" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <a class="skip" href="#main">Skip to the page</a>
        <header>
          <p>Corrente</p>
          ${frame && navigation(frame)} ${frame?.visitor && leaving(frame)}
        </header>
        <main id="main" tabindex="-1">
          <h1>${title}</h1>
          ${frame && verdict(frame.needs)} ${body}
        </main>
        <footer>
          ${
            frame &&
            html`<p class="quiet">
              Version ${appVersion}, ${time(Date.now())}.
              ${isRefreshing !== undefined && refreshLink(frame.path, isRefreshing)}
            </p>`
          }
        </footer>
      </body>
    </html>`

const navigation = ({ path }: Frame): Html => {
  const isHere = (at: string) => (at === '/' ? path === at : path.startsWith(at))
  return html`<nav aria-label="Pages">
    <ul>
      ${pages.map(
        ([at, name]) =>
          html`<li><a href="${at}" ${isHere(at) && html`aria-current="page"`}>${name}</a></li>`,
      )}
    </ul>
  </nav>`
}

const leaving = ({ visitor, token }: Frame): Html =>
  html`<form class="leaving" action="/sign-out" method="post">
    <input type="hidden" name="token" value="${token}" />
    <span class="quiet">${visitor!.login} (${visitor!.role})</span>
    <button>Sign out</button>
  </form>`

const refreshLink = (path: string, isOn: boolean) =>
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
      <caption>
        ${caption}
      </caption>
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
