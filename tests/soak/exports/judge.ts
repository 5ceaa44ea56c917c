import type { Asked } from '#tests/soak/exports/asked'
import { hasEnded } from '#tests/soak/exports/asked'
import type { Told, ToldExport } from '#tests/soak/exports/told'
import { contentOf } from '#tests/soak/exports/wishes'

/** What was done on purpose, epoch milliseconds. */
export interface Strike {
  readonly what: string
  readonly atMs: number
  /** When all was as before again. */
  readonly untilMs: number
}

/** What a run left behind. */
export interface Run {
  readonly asked: readonly Asked[]
  readonly told: Told
  /** Keys in the store that are below `exports/`, and uploads that were begun, once every time was over. */
  readonly left: readonly string[]
  readonly deadLetters: readonly string[]
}

/** What is wrong, as sentences; none where every promise was kept. */
export function judge({ asked, told, left, deadLetters }: Run): string[] {
  return [
    ...asked.flatMap((one) => requestWrongs(one, told)),
    ...told.exports().flatMap(exportWrongs),
    ...contentWrongs(asked, told),
    ...leftWrongs(told, left),
    ...deadLetters.map((letter) => `a dead letter: ${letter}`),
  ]
}

function requestWrongs(asked: Asked, told: Told): string[] {
  const { id, ids, wish, states, wrongs, fetched, isGivenUp } = asked
  const exports = told.exportsOf(id)
  const found = [
    ...wrongs.map((wrong) => `the archive of ${id}: ${wrong}`),
    ...(ids.size === 1 ? [] : [`one key led to the requests ${[...ids].join(', ')}`]),
    ...(exports.length === 1 ? [] : [`${id} led to ${exports.length} exports`]),
    ...(hasEnded(asked) ? [] : [`${id} has no end: ${states.join(', ') || 'never shown'}`]),
  ]
  // Who shares what is ready already may come when its time is nearly over: that of the first one counts.
  const isLate = exports.some(({ exportId, becameReady }) => exportId !== id && becameReady === 1)
  if (!isGivenUp && fetched === undefined && !isLate) {
    found.push(`${id} gave no archive: ${states.join(', ')}; ${reasonsOf(exports)}`)
  }
  const { receipts } = wish.batch
  if (fetched && fetched.documents !== receipts) {
    found.push(`the archive of ${id} has ${fetched.documents} documents, not ${receipts}`)
  }
  return found
}

const reasonsOf = (exports: readonly ToldExport[]): string =>
  exports.map(({ states, failure }) => `${states.join(' ')} ${failure ?? ''}`.trim()).join(', ')

function exportWrongs(one: ToldExport): string[] {
  const { exportId, becameReady, records, renderedMax, wentBack, isForgotten } = one
  return [
    ...(becameReady > 1 ? [`${exportId} became ready ${becameReady} times`] : []),
    ...(becameReady === 1 && renderedMax !== records
      ? [`${exportId} was ready with ${renderedMax} of ${records} counted`]
      : []),
    ...(renderedMax > (records ?? 0) ? [`${exportId} counted ${renderedMax} of ${records}`] : []),
    ...(wentBack ? [`the counters of ${exportId} went back`] : []),
    ...(isForgotten ? [] : [`${exportId} was never forgotten: ${one.states.join(', ')}`]),
  ]
}

/** The same content is the same bytes, whoever asked, and whatever was killed meanwhile. */
function contentWrongs(asked: readonly Asked[], told: Told): string[] {
  const sums = new Map<string, Set<string>>()
  for (const { id, wish } of asked) {
    for (const { sha256 } of told.exportsOf(id)) {
      if (sha256 === undefined) continue
      const content = contentOf(wish)
      sums.set(content, (sums.get(content) ?? new Set()).add(sha256))
    }
  }
  return [...sums].flatMap(([content, { size }]) =>
    size === 1 ? [] : [`${content} were ${size} different archives`],
  )
}

function leftWrongs(told: Told, left: readonly string[]): string[] {
  const known = new Map(told.exports().map((one) => [one.exportId, one]))
  return left.map((key) => {
    const exportId = /exports\/([^/]+)\//.exec(key)?.[1] ?? ''
    return `${key} is left: ${known.get(exportId)?.states.join(', ') ?? 'of no export'}`
  })
}
