import { html, type Html } from '#apps/platform/html'
import { euros, table, time } from '#apps/operations/pages/layout'
import type { RecentAnomaly, RecentPayment } from '#apps/operations/recent'

export const linkTo = (id: string) =>
  html`<a href="${`/payments/${encodeURIComponent(id)}`}">${id}</a>`

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
