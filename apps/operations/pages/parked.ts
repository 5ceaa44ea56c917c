import { html, type Html } from '#apps/platform/html'
import { type Frame, layout, table, time, whole } from '#apps/operations/pages/layout'
import type { ParkedKey } from '#apps/platform/inspection/parked'

const columns = [
  { title: 'Order key' },
  { title: 'Unit' },
  { title: 'Waiting', isNumber: true },
  { title: 'Tries', isNumber: true },
  { title: 'Parked' },
  { title: 'Due' },
  { title: 'Party' },
  { title: 'Met', isLong: true },
]

const releaseOf = (unit: string, name: 'key' | 'party', value: string) =>
  `/parked/release?${new URLSearchParams({ unit, [name]: value }).toString()}`

/** Keys whose records wait, each a link to having it tried now where somebody may. */
export const parkedTable = (keys: readonly ParkedKey[], isOperator = false): Html =>
  keys.length === 0
    ? html`<p>None.</p>`
    : table(
        'Parked keys, the one due first before the others',
        isOperator ? [...columns, { title: 'To do' }] : columns,
        keys.map(({ orderKey, unit, count, attempts, parkedAtMs, dueAtMs, party, error }) => [
          orderKey,
          unit,
          whole(count),
          whole(attempts),
          time(parkedAtMs),
          time(dueAtMs),
          party,
          error,
          ...(isOperator
            ? [html`<a href="${releaseOf(unit, 'key', orderKey)}">Try ${orderKey} now…</a>`]
            : []),
        ]),
      )

/** All parked keys there is room for. */
export function parkedPage(frame: Frame, keys: readonly ParkedKey[], count: number): Html {
  const isOperator = frame.visitor?.role === 'operator'
  return layout({
    title: 'Parked',
    frame,
    body: html`
      <p>
        Records that a unit could not finish yet, and those behind them with the same order key.
        They are tried again by themselves; other keys go on meanwhile.
        ${count > keys.length && `${whole(count)} keys wait; these are the ones due first.`}
      </p>
      ${isOperator && partiesOf(keys)} ${parkedTable(keys, isOperator)}
    `,
  })
}

/** All keys that wait for the same party, once it is back. */
function partiesOf(keys: readonly ParkedKey[]): Html | false {
  const pairs = new Map(
    keys.flatMap(({ unit, party }) =>
      party === null ? [] : [[`${unit}\n${party}`, { unit, party }]],
    ),
  )
  return (
    pairs.size > 0 &&
    html`<ul>
      ${[...pairs.values()].map(
        ({ unit, party }) =>
          html`<li>
            <a href="${releaseOf(unit, 'party', party)}"
              >Try now what waits for ${party} in ${unit}…</a
            >
          </li>`,
      )}
    </ul>`
  )
}
