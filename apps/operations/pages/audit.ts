import { html, type Html } from '#apps/platform/html'
import { type Frame, layout, table, time, whole } from '#apps/operations/pages/layout'
import type { DoneOperation } from '#apps/platform/inspection/read-operations'

const columns = [
  { title: 'When' },
  { title: 'What' },
  { title: 'Unit' },
  { title: 'Who' },
  { title: 'From' },
  { title: 'Why', isLong: true },
  { title: 'Of what', isLong: true },
]

const subjectsShownMax = 5
/** Operations that are shown, at most. */
export const operationsShownMax = 200

/** What operators did, the newest first. */
export const auditPage = (
  frame: Frame,
  operations: readonly DoneOperation[],
  sinceMs: number,
): Html =>
  layout({
    title: 'Audit',
    frame,
    body: html`
      <p>
        What operators did since ${time(sinceMs)}, by pages and by commands, as it is kept on
        <code>corrente.operations</code>. All of it: <code>corrente audit</code>.
      </p>
      ${
        operations.length === 0
          ? html`<p>Nothing.</p>`
          : table('Operations, the newest first', columns, operations.map(rowOf))
      }
    `,
  })

const rowOf = (operation: DoneOperation) => {
  const { atMs, action, unit, operator, via, reason, subjects } = operation
  const more = subjects.length - subjectsShownMax
  return [
    time(atMs),
    action,
    unit,
    operator,
    via,
    reason,
    html`${subjects.slice(0, subjectsShownMax).map((one) => html`<span>${subjectOf(one)}</span> `)}
    ${more > 0 && `and ${whole(more)} more`}`,
  ]
}

/** A dead letter's place is a link to it. */
function subjectOf(subject: string): Html | string {
  const [, unit, partition, offset] = /^([a-z0-9-]+)\.dlq@(\d+):(\d+)$/.exec(subject) ?? []
  if (unit === undefined) return subject
  return html`<a href="${`/dead-letters/${unit}/${partition}/${offset}`}">${subject}</a>`
}
