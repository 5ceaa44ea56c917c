import { html, type Html } from '#apps/operations/html'
import type { OpenLetter } from '#apps/operations/letter-ledger'
import { layout, table, time, whole } from '#apps/operations/pages/layout'
import type { ShownRecord } from '#apps/platform/inspection/shown-record'
import { type DeadLetter, type Decision, placeOf } from '#core/redrive'

const columns = [
  { title: 'Letter' },
  { title: 'Written' },
  { title: 'Error' },
  { title: 'Tries', isNumber: true },
  { title: 'Redrives', isNumber: true },
  { title: 'Original' },
]

/** Dead letters, each a link to itself. */
export const lettersTable = (letters: readonly OpenLetter[]): Html =>
  letters.length === 0
    ? html`<p>None.</p>`
    : table(
        'Dead letters, the newest first',
        columns,
        letters.map(({ unit, partition, offset, timestamp, error, attempts, redrives, origin }) => [
          html`<a href="${`/dead-letters/${unit}/${partition}/${offset}`}"
            >${unit}.dlq@${partition}:${offset}</a
          >`,
          time(timestamp),
          error,
          whole(attempts),
          whole(redrives),
          origin,
        ]),
      )

interface Letters {
  readonly needs: readonly string[]
  /** Undecided ones by unit. */
  readonly counts: readonly (readonly [unit: string, count: number])[]
  readonly letters: readonly OpenLetter[]
}

/** Every unit's count, and the newest letters. */
export const lettersPage = ({ needs, counts, letters }: Letters): Html =>
  layout({
    title: 'Dead letters',
    needs,
    body: html`
      <p>
        Records that a unit could not handle and has set aside. They wait for a decision:
        <code>corrente dlq redrive</code> sends them back, <code>corrente dlq drop</code> gives them
        up.
      </p>
      <h2>Undecided, by unit</h2>
      ${table(
        'Undecided dead letters by unit',
        [{ title: 'Unit' }, { title: 'Letters', isNumber: true }],
        counts.map(([unit, count]) => [
          html`<a href="${`/dead-letters?unit=${unit}`}">${unit}</a>`,
          whole(count),
        ]),
      )}
      <h2>The newest</h2>
      ${lettersTable(letters)}
    `,
  })

interface OneLetter {
  readonly needs: readonly string[]
  readonly letter: DeadLetter
  readonly decision: Decision | undefined
  readonly shown: ShownRecord
}

/** One dead letter, persons hidden. */
export function letterPage({ needs, letter, decision, shown }: OneLetter): Html {
  const { error, attempts, redrives, origin, record } = letter
  const place = placeOf(record)
  return layout({
    title: place,
    needs,
    body: html`
      <dl>
        <dt>Original</dt>
        <dd>${placeOf(origin)}</dd>
        <dt>Written</dt>
        <dd>${time(record.timestamp)}</dd>
        <dt>Error</dt>
        <dd>${error}</dd>
        <dt>Tries</dt>
        <dd>${attempts}</dd>
        <dt>Redriven before</dt>
        <dd>${redrives}</dd>
        <dt>Key</dt>
        <dd>${shown.key ?? 'none'}</dd>
        <dt>Decision</dt>
        <dd>${decision ? `${decision.action} at ${decision.at}` : 'none yet'}</dd>
      </dl>
      <h2>Headers</h2>
      <dl>
        ${Object.entries(shown.headers).map(
          ([name, text]) =>
            html`<dt>${name}</dt>
              <dd>${text}</dd>`,
        )}
      </dl>
      <h2>Value</h2>
      ${
        shown.value === undefined
          ? html`<p>${shown.bytes} bytes that cannot be read (${shown.unread}).</p>`
          : html`<pre>${JSON.stringify(shown.value, null, 2)}</pre>`
      }
      <h2>To decide</h2>
      <pre>
corrente dlq show ${place} --show-personal
corrente dlq redrive ${place}
corrente dlq drop ${place} --reason '…'</pre>
    `,
  })
}
