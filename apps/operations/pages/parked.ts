import { html, type Html } from '#apps/operations/html'
import { layout, table, time, whole } from '#apps/operations/pages/layout'
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

/** Keys whose records wait. */
export const parkedTable = (keys: readonly ParkedKey[]): Html =>
  keys.length === 0
    ? html`<p>None.</p>`
    : table(
        'Parked keys, the one due first before the others',
        columns,
        keys.map(({ orderKey, unit, count, attempts, parkedAtMs, dueAtMs, party, error }) => [
          orderKey,
          unit,
          whole(count),
          whole(attempts),
          time(parkedAtMs),
          time(dueAtMs),
          party,
          error,
        ]),
      )

/** All parked keys there is room for. */
export const parkedPage = (
  needs: readonly string[],
  keys: readonly ParkedKey[],
  count: number,
): Html =>
  layout({
    title: 'Parked',
    needs,
    body: html`
      <p>
        Records that a unit could not finish yet, and those behind them with the same order key.
        They are tried again by themselves; other keys go on meanwhile.
        ${count > keys.length && `${whole(count)} keys wait; these are the ones due first.`}
      </p>
      ${parkedTable(keys)}
    `,
  })
