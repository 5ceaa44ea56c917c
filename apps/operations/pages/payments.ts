import { html, type Html } from '#apps/operations/html'
import { euros, layout, table, time } from '#apps/operations/pages/layout'
import type { RecentAnomaly, RecentPayment } from '#apps/operations/recent'
import type { StoryEvent } from '#apps/platform/inspection/story'

const linkTo = (id: string) => html`<a href="${`/payments/${encodeURIComponent(id)}`}">${id}</a>`

/** Payments, each a link to its timeline. */
export const paymentsTable = (payments: readonly RecentPayment[]): Html =>
  payments.length === 0
    ? html`<p>None yet.</p>`
    : table(
        'Payments, the one that changed last before the others',
        [
          { title: 'Payment' },
          { title: 'Status' },
          { title: 'Sum', isNumber: true },
          { title: 'Created' },
          { title: 'Changed' },
        ],
        payments.map(({ id, status, amountCents, createdAt, changedAtMs }) => [
          linkTo(id),
          status,
          euros(amountCents),
          time(Date.parse(createdAt)),
          time(changedAtMs),
        ]),
      )

/** What a person has to look at in some payment. */
export const anomaliesTable = (anomalies: readonly RecentAnomaly[]): Html =>
  anomalies.length === 0
    ? html`<p>None.</p>`
    : table(
        'Anomalies, the newest first',
        [
          { title: 'Payment' },
          { title: 'What' },
          { title: 'Sum', isNumber: true },
          { title: 'When' },
        ],
        anomalies.map(({ paymentId, kind, amountCents, atMs }) => [
          linkTo(paymentId),
          kind,
          euros(amountCents),
          time(atMs),
        ]),
      )

const search = html`<form action="/payments" method="get">
  <label>Payment id or application id <input name="id" required autocomplete="off" /></label>
  <button>Show its timeline</button>
</form>`

/** The last payments, and a way to any other. */
export const paymentsPage = (needs: readonly string[], payments: readonly RecentPayment[]): Html =>
  layout({
    title: 'Payments',
    needs,
    body: html`<h2>Find one</h2>
      ${search}
      <h2>The last ones</h2>
      ${paymentsTable(payments)}`,
  })

/** The timeline of one payment. */
export function paymentPage(
  needs: readonly string[],
  id: string,
  events: readonly StoryEvent[],
): Html {
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
    needs,
    body: html`<p>Began ${time(startMs)}.</p>
      ${table('What happened, in the order it was written', columns, rows)}`,
  })
}
