import { html, type Html } from '#apps/platform/html'
import type { OpenLetter } from '#apps/operations/letter-ledger'
import { type Frame, layout, table, time, whole } from '#apps/operations/pages/layout'
import type { LetterView } from '#apps/platform/inspection/read-letter'
import { type DeadLetter, placeOf } from '#core/redrive'

const columns = [
  { title: 'Letter' },
  { title: 'Written' },
  { title: 'Error', isLong: true },
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
  readonly frame: Frame
  /** Undecided ones by unit. */
  readonly counts: readonly (readonly [unit: string, count: number])[]
  readonly letters: readonly OpenLetter[]
  /** The unit whose letters are shown; undefined for all. */
  readonly unit: string | undefined
}

/** Every unit's count, and the newest letters. */
export const lettersPage = ({ frame, counts, letters, unit }: Letters): Html =>
  layout({
    title: unit === undefined ? 'Dead letters' : `Dead letters of ${unit}`,
    frame,
    body: html`
      <p>
        Records that a unit could not handle and has set aside. They wait for a decision: sent back,
        they are handled again; given up, they stay where they are.
      </p>
      <h2>Decide on several</h2>
      ${selectionForm(counts, letters, unit)}
      <h2>Undecided, by unit</h2>
      ${table(
        'Undecided dead letters by unit',
        [{ title: 'Unit' }, { title: 'Letters', isNumber: true }],
        counts
          .filter(([, count]) => count > 0)
          .map(([name, count]) => [
            html`<a href="${`/dead-letters?unit=${name}`}">${name}</a>`,
            whole(count),
          ]),
      )}
      <h2>The newest</h2>
      ${lettersTable(letters)}
    `,
  })

const selectionForm = (
  counts: Letters['counts'],
  letters: readonly OpenLetter[],
  unit: string | undefined,
): Html => {
  const withLetters = counts.filter(([name, count]) => count > 0 || name === unit)
  if (withLetters.length === 0) return html`<p>None waits.</p>`
  const errors = [...new Set(letters.map(({ error }) => error))].slice(0, 50)
  return html`<form action="/dead-letters/decide" method="get">
    <label
      >Unit
      <select name="unit">
        ${withLetters.map(
          ([name]) =>
            html`<option value="${name}" ${name === unit && html`selected`}>${name}</option>`,
        )}
      </select></label
    >
    <label
      >Error
      <input name="error" list="errors" autocomplete="off" />
    </label>
    <datalist id="errors">
      ${errors.map((error) => html`<option value="${error}"></option>`)}
    </datalist>
    <label
      >Public body
      <input name="tenant" autocomplete="off" />
    </label>
    <label>Written since (UTC) <input type="datetime-local" name="since" /></label>
    <label>until (UTC) <input type="datetime-local" name="until" /></label>
    <button name="action" value="redriven">Show what would be sent back</button>
    <button name="action" value="dropped">Show what would be given up</button>
  </form>`
}

interface OneLetter extends LetterView {
  readonly frame: Frame
}

/** One dead letter, persons hidden. */
export function letterPage({ frame, letter, decision, shown, tenant, refusal }: OneLetter): Html {
  const { error, attempts, redrives, origin, record } = letter
  const place = placeOf(record)
  return layout({
    title: place,
    frame,
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
        ${
          tenant !== undefined &&
          html`<dt>Public body</dt>
            <dd>${tenant}</dd>`
        }
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
          : html`<pre tabindex="0">${JSON.stringify(shown.value, null, 2)}</pre>`
      }
      <h2>To decide</h2>
      ${refusal !== undefined && html`<p>It is not sent back: ${refusal}.</p>`}
      ${letterForm(letter, frame)}
      <p class="quiet">
        With what is personal, on a screen of your own:
        <code>corrente dlq show ${place} --show-personal</code>
      </p>
    `,
  })
}

const letterForm = ({ unit, record }: DeadLetter, { visitor }: Frame): Html =>
  visitor?.role === 'operator'
    ? html`<form action="/dead-letters/decide" method="get">
        <input type="hidden" name="unit" value="${unit}" />
        <input type="hidden" name="partition" value="${record.partition}" />
        <input type="hidden" name="offset" value="${record.offset}" />
        <button name="action" value="redriven">Send it back…</button>
        <button name="action" value="dropped">Give it up…</button>
      </form>`
    : html`<p>Deciding takes an operator who is signed in, or a command:</p>
        <pre tabindex="0">
corrente dlq redrive ${placeOf(record)}
corrente dlq drop ${placeOf(record)} --reason '…'</pre>`
