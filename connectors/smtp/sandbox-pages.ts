import { magicAddresses } from '#connectors/smtp/sandbox-magic'
import type { TakenMail } from '#connectors/smtp/sandbox'
import { escape, page as pageOf } from '#sandboxes/page'

const page = (title: string, body: string) =>
  pageOf('of a mail server: no mail leaves this machine', title, body)

const row = ({ message_id, to, subject, taken_at, times }: TakenMail): string => {
  const often = times === 1 ? '' : ` (came ${times} times)`
  return `<tr><td><a href="/mails/${encodeURIComponent(message_id)}">${escape(subject)}</a>${often}</td>
<td>${escape(to)}</td><td>${escape(taken_at)}</td></tr>`
}

/** What came, the last first, and what addresses play. */
export const homePage = (mails: readonly TakenMail[]): string => {
  const scenes = Object.entries(magicAddresses)
    .map(([word, scene]) => `<tr><th scope="row">${word}-…@</th><td>${scene}</td></tr>`)
    .join('\n')
  const list =
    mails.length === 0
      ? '<p>Nothing came yet.</p>'
      : `<table><thead><tr><th scope="col">Subject</th><th scope="col">To</th><th scope="col">When</th></tr></thead>
<tbody>${[...mails].reverse().map(row).join('\n')}</tbody></table>`
  return page(
    'Mails',
    `${list}
<h2>Addresses that play something</h2>
<table><tbody>${scenes}</tbody></table>
<p><a href="/api/mails">The same for programs</a></p>`,
  )
}

/** One mail: what it says as text, and its HTML as it is written, never as a page. */
export const mailPage = (mail: TakenMail | undefined): string => {
  if (!mail) return page('No such mail', '<p><a href="/">All mails</a></p>')
  const { subject, from, to, message_id, taken_at, times, text, html, files } = mail
  const attached = files.map(({ name, size }) => `${escape(name)} (${size} bytes)`).join('<br>')
  return page(
    subject,
    `<dl><dt>From</dt><dd>${escape(from)}</dd>
<dt>To</dt><dd>${escape(to)}</dd>
<dt>Message-ID</dt><dd>${escape(message_id)}</dd>
<dt>Taken</dt><dd>${escape(taken_at)}, ${times === 1 ? 'once' : `${times} times`}</dd>
${attached === '' ? '' : `<dt>Files</dt><dd>${attached}</dd>`}</dl>
<h2>Text</h2>
<pre style="white-space:pre-wrap">${escape(text)}</pre>
<h2>HTML, as it is written</h2>
<pre style="white-space:pre-wrap">${escape(html)}</pre>
<p><a href="/">All mails</a></p>`,
  )
}
