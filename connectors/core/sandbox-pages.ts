import { statusNameOf, statusOf } from '#connectors/core/sandbox-applications'
import type { Application } from '#connectors/core/sandbox-applications'

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

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>SANDBOX: ${title}</title>
<style>
:root{color-scheme:light dark;font:1.125rem/1.5 system-ui,sans-serif}
body{max-width:34rem;margin:0 auto;padding:1rem}
.sandbox{border:3px solid #b00020;padding:.5rem .75rem;font-weight:bold}
dt{font-weight:bold}dd{margin:0 0 .75rem;overflow-wrap:anywhere}
</style>
</head>
<body>
<p class="sandbox">SANDBOX of the Core: nothing here is real.</p>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`

const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
