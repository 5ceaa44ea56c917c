import { html, type Html } from '#apps/platform/html'
import type { LogView } from '#apps/operations/needs'
import { type Frame, layout, rate, table, time, whole } from '#apps/operations/pages/layout'
import { isLost, isOutside, type PartitionLag } from '#apps/platform/inspection/unit-lags'

const number = (title: string) => ({ title, isNumber: true })
const unitColumns = [{ title: 'Unit' }, number('Lag'), number('Handled/s'), number('Processes')]
const partitionColumns = [
  { title: 'Partition' },
  number('Lag'),
  number('Committed'),
  number('End'),
  { title: 'Amiss', isLong: true },
]

/** How far each unit has come; of one of them, or of all that lag, each partition. */
export function lagPage(frame: Frame, { samples }: LogView, chosen: string | undefined): Html {
  const units = samples.latest?.units ?? []
  const shown = units.filter(({ unit, lag, partitions }) =>
    chosen === undefined ? lag > 0 || partitions.some(isAmiss) : unit === chosen,
  )
  const rows = units.map(({ unit, lag, members }) => [
    html`<a href="${`/lag?unit=${encodeURIComponent(unit)}`}">${unit}</a>`,
    whole(lag),
    rate(samples.handledPerSecond(unit)),
    whole(members),
  ])
  return layout({
    title: chosen === undefined ? 'Lag' : `Lag of ${chosen}`,
    frame,
    body: html`
      ${
        samples.latest
          ? html`<p class="quiet">
              As of ${time(samples.latest.atMs)}, in offsets; markers of transactions take a part.
            </p>`
          : html`<p>The log is not read yet.</p>`
      }
      ${chosen === undefined && table('Units', unitColumns, rows)}
      ${chosen !== undefined && html`<p><a href="/lag">All units</a></p>`}
      ${shown.map(
        ({ unit, partitions }) =>
          html`<h2>${unit}</h2>
            ${table(`Partitions of ${unit}`, partitionColumns, partitions.map(rowOf))}`,
      )}
      ${shown.length === 0 && units.length > 0 && html`<p>No unit lags.</p>`}
    `,
  })
}

const isAmiss = (partition: PartitionLag) => isOutside(partition) || isLost(partition)

const rowOf = (partition: PartitionLag) => {
  const { topic, lag, committed, end } = partition
  const amiss = isOutside(partition)
    ? 'its place is outside the log'
    : isLost(partition) && 'nothing says from where to read'
  return [
    `${topic}/${partition.partition}`,
    whole(lag),
    committed === undefined ? null : whole(committed),
    whole(end),
    amiss || '',
  ]
}
