import type { LogAccess } from '#apps/platform/inspection/log-access'
import { type InputRecord, placeText, type Position } from '#core/records'
import { recordsBetween } from '#core/records-between'

/** So many offsets before an end are looked at first; markers and what was compacted away take some. */
const spanFirst = 100

/**
 * The last committed record before each end, by `topic/partition`; none where there is no record at all. Looks at ten
 * times as many offsets each time nothing is found.
 */
export async function lastRecords(
  { kafka, offsets }: Pick<LogAccess, 'kafka' | 'offsets'>,
  ends: readonly Position[],
): Promise<ReadonlyMap<string, InputRecord>> {
  const found = new Map<string, InputRecord>()
  const beginnings = await offsets.beginnings(ends)
  const first = new Map(beginnings.map((position) => [placeText(position), position.offset]))
  let wanted = ends.filter((end) => end.offset > first.get(placeText(end))!)
  for (let span = spanFirst; wanted.length > 0; span *= 10) {
    const from = wanted.map((end) => {
      return { ...end, offset: Math.max(first.get(placeText(end))!, end.offset - span) }
    })
    for await (const records of recordsBetween(kafka, { from, ends: wanted })) {
      for (const record of records) found.set(placeText(record), record)
    }
    wanted = wanted.filter(
      (end) => !found.has(placeText(end)) && end.offset - span > first.get(placeText(end))!,
    )
  }
  return found
}
