import { html, type Html } from '#apps/platform/html'
import { euros, type Frame, layout, table, time, whole } from '#apps/operations/pages/layout'
import { linkTo, paymentsTable } from '#apps/operations/pages/payment-tables'
import type { SearchForm } from '#apps/operations/search-form'
import { searchedStatuses } from '#apps/operations/search-form'
import type { RecentPayment } from '#apps/operations/recent'
import type { FoundPayments } from '#apps/operations/search'
import type { StoryEvent } from '#apps/platform/inspection/story'

/** The fields of a search as they were filled in. */
const search = ({ id, tenant, status, since, until }: SearchForm['given']): Html =>
  html`<form action="/payments" method="get" role="search">
    <label
      >Payment id, application id, notice code, IUV or IUD
      <input name="id" autocomplete="off" value="${id}"
    /></label>
    <label>Public body <input name="tenant" autocomplete="off" value="${tenant}" /></label>
    <label
      >State
      <select name="status">
        <option value="">any</option>
        ${searchedStatuses.map(
          (one) => html`<option value="${one}" ${one === status && html`selected`}>${one}</option>`,
        )}
      </select></label
    >
    <label>Created since (UTC) <input type="datetime-local" name="since" value="${since}" /></label>
    <label>until (UTC) <input type="datetime-local" name="until" value="${until}" /></label>
    <button>Find</button>
  </form>`

/** The last payments, and a way to any other. */
export const paymentsPage = (frame: Frame, payments: readonly RecentPayment[]): Html =>
  layout({
    title: 'Payments',
    frame,
    body: html`<h2>Find some</h2>
      ${search({})}
      <h2>The last ones</h2>
      ${paymentsTable(payments)}`,
  })

/** What a search has found, and what it has looked at. */
export function foundPage(frame: Frame, { given }: SearchForm, found: FoundPayments): Html {
  const { payments, rows, isWhole, sinceMs } = found
  const columns = ['Payment', 'Status', 'Public body', 'Notice code'].map((title) => ({ title }))
  const cells = payments.map((one) => [
    linkTo(one.id),
    one.status,
    one.tenant,
    one.noticeCode,
    euros(one.amountCents),
    time(Date.parse(one.createdAt)),
    time(one.changedAtMs),
  ])
  return layout({
    title: 'Payments found',
    frame,
    body: html`
      ${search(given)}
      <p role="status">
        ${whole(payments.length)} found in ${rows === 1 ? '1 row' : `${whole(rows)} rows`} of
        <code>payments.current</code>:
        ${
          isWhole
            ? 'all there are that can answer.'
            : html`those written since ${sinceMs === undefined ? 'now' : time(sinceMs)}; what
              changed last before was not looked at, or not all found is shown. Narrow the search by
              time.`
        }
      </p>
      ${
        payments.length > 0 &&
        table(
          'Payments found, the one that changed last before the others',
          [
            ...columns,
            { title: 'Sum', isNumber: true },
            { title: 'Created' },
            { title: 'Changed' },
          ],
          cells,
        )
      }
    `,
  })
}

/** The timeline of one payment. */
export function paymentPage(frame: Frame, id: string, events: readonly StoryEvent[]): Html {
  const startMs = events[0]?.timestamp ?? 0
  const columns = [
    { title: 'After', isNumber: true },
    { title: 'What', isLong: true },
    { title: 'Where' },
    { title: 'By' },
  ]
  const rows = events.map(({ timestamp, what, at, by }) => [
    `${((timestamp - startMs) / 1_000).toFixed(3)} s`,
    what,
    at,
    by,
  ])
  return layout({
    title: `Payment ${id}`,
    frame,
    body: html`<p>Began ${time(startMs)}.</p>
      ${cardOf(events)} ${table('What happened, in the order it was written', columns, rows)}`,
  })
}

/** The payment as its last event has it; what its payer is told is theirs. */
function cardOf(events: readonly StoryEvent[]): Html | undefined {
  const payment = events.findLast((event) => event.payment)?.payment
  if (!payment) return undefined
  const { notice_code, iuv, amount, expire_at } = payment.payment
  const facts: readonly (readonly [string, string | null])[] = [
    ['State', payment.status],
    ['Sum', euros(amount)],
    ['Notice code', notice_code],
    ['IUV', iuv],
    ['Expires', expire_at],
    ['Public body', payment.tenant_id],
    ['Service', payment.service_id],
    ['Application', payment.remote_id],
  ]
  return html`<dl>
    ${facts.map(
      ([name, value]) =>
        html`<dt>${name}</dt>
          <dd>${value ?? '–'}</dd>`,
    )}
  </dl>`
}
