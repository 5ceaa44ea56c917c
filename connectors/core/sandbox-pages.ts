import { statusNameOf, statusOf } from '#connectors/core/sandbox-applications'
import type { Application } from '#connectors/core/sandbox-applications'
import { escape, page as pageOf } from '#sandboxes/page'

const page = (title: string, body: string) =>
  pageOf('of the Core: nothing here is real', title, body)

/** What this server is. */
export const homePage = (): string =>
  page(
    'Core sandbox',
    `<p>A fictional register of applications to report outcomes of payments to.</p>
<dl><dt><code>POST /api/auth</code></dt><dd>username and password to a token</dd>
<dt><code>POST /api/applications/{id}/payment</code></dt><dd>the outcome of a payment</dd>
<dt><code>GET /api/applications/{id}</code></dt><dd>the status of an application</dd>
<dt><code>POST /sandbox/applications</code></dt><dd><code>{id}</code>: a new application at 1500</dd>
<dt><code>PUT /sandbox/applications/{id}</code></dt><dd><code>{status}</code>: sets it, whatever it was</dd>
<dt><code>POST /sandbox/behaviour</code></dt><dd><code>{down, lost, slow_ms}</code>: what goes wrong next</dd>
<dt><code>GET /counters</code>, <code>/counters/{id}</code></dt><dd>what came in</dd></dl>`,
  )

/** Where a payer lands after paying. */
export const applicationPage = (application: Application | undefined): string => {
  if (!application) return page('No such application', '')
  const status = statusOf(application)
  return page(
    'Your application',
    `<dl><dt>Application</dt><dd>${escape(application.id)}</dd>
<dt>Status</dt><dd>${status} (${escape(statusNameOf(status))})</dd></dl>`,
  )
}
