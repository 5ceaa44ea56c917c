import { unitNamed, wholeNumber } from '#apps/corrente/arguments'
import { UsageError } from '#apps/corrente/command'
import { instantMs } from '#apps/corrente/instant'
import type { DeadLetter } from '#core/redrive'

/** Options by which dead letters are chosen, for `parseArgs`. */
export const selectionOptions = {
  partition: { type: 'string' },
  offset: { type: 'string' },
  error: { type: 'string' },
  since: { type: 'string' },
  until: { type: 'string' },
  limit: { type: 'string' },
  all: { type: 'boolean', default: false },
} as const

export const selectionHelp = `  <place>                 one letter, as dlq list prints it: payment-dispatcher.dlq@2:5
  --partition, --offset   the same, beside the unit's name
  --error <code>          letters with this error
  --since, --until <when> letters written in that time: an instant (ISO 8601) or an age such as 15m, 2h, 3d
  --limit <n>             at most so many`

interface Given {
  readonly partition?: string | undefined
  readonly offset?: string | undefined
  readonly error?: string | undefined
  readonly since?: string | undefined
  readonly until?: string | undefined
  readonly limit?: string | undefined
}

/** Which dead letters of one unit are meant. */
export interface LetterSelection {
  readonly unit: string
  readonly partition: number | undefined
  readonly offset: number | undefined
  readonly error: string | undefined
  readonly sinceMs: number
  readonly untilMs: number
  readonly limit: number
  /** Whether anything narrows it down. */
  readonly isNarrow: boolean
}

/** Parses the choice; UsageError where it names no unit, or a place that is none. */
export function letterSelection(positionals: readonly string[], given: Given): LetterSelection {
  const [name, ...more] = positionals
  if (name === undefined || more.length > 0) {
    throw new UsageError('say one unit, or one place such as payment-dispatcher.dlq@2:5')
  }
  const [, unit, partition, offset] = /^(.+)\.dlq@(\d+):(\d+)$/.exec(name) ?? []
  const place = { partition: partition ?? given.partition, offset: offset ?? given.offset }
  if (place.offset !== undefined && place.partition === undefined) {
    throw new UsageError('--offset goes with --partition: offsets are counted in each')
  }
  const narrowing = [place.partition, given.error, given.since, given.until, given.limit]
  return {
    unit: unitNamed(unit ?? name).name,
    partition: numbered('--partition', place.partition),
    offset: numbered('--offset', place.offset),
    error: given.error,
    sinceMs: given.since === undefined ? -Infinity : instantMs('--since', given.since),
    untilMs: given.until === undefined ? Infinity : instantMs('--until', given.until),
    limit: given.limit === undefined ? Infinity : wholeNumber('--limit', given.limit, 1),
    isNarrow: narrowing.some((one) => one !== undefined),
  }
}

const numbered = (option: string, text: string | undefined) =>
  text === undefined ? undefined : wholeNumber(option, text)

/** Whether a letter of the unit is meant; the limit is counted by whoever asks. */
export function isSelected(selection: LetterSelection, { record, error }: DeadLetter): boolean {
  const { partition, offset, sinceMs, untilMs } = selection
  return (
    (partition === undefined || record.partition === partition) &&
    (offset === undefined || record.offset === offset) &&
    (selection.error === undefined || selection.error === error) &&
    record.timestamp >= sinceMs &&
    record.timestamp <= untilMs
  )
}
