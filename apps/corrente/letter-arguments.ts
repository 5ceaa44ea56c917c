import { unitNamed, wholeNumber } from '#apps/corrente/arguments'
import { UsageError } from '#apps/corrente/command'
import { instantMs } from '#apps/corrente/instant'
import { isGone } from '#apps/platform/inspection/gone-units'
import type { LogAccess } from '#apps/platform/inspection/log-access'
import type { LetterSelection } from '#apps/platform/operating/letter-selection'

/** Options by which dead letters are chosen, for `parseArgs`. */
export const selectionOptions = {
  partition: { type: 'string' },
  offset: { type: 'string' },
  error: { type: 'string' },
  tenant: { type: 'string' },
  since: { type: 'string' },
  until: { type: 'string' },
  limit: { type: 'string' },
  all: { type: 'boolean', default: false },
} as const

export const selectionHelp = `  <place>                 one letter, as dlq list prints it: payment-dispatcher.dlq@2:5
  --partition, --offset   the same, beside the unit's name
  --error <code>          letters with this error
  --tenant <id>           letters whose original is of this public body; one that does not say whose it is, or cannot
                          be decoded, is left out, and it is said how many were
  --since, --until <when> letters written in that time: an instant (ISO 8601) or an age such as 15m, 2h, 3d
  --limit <n>             at most so many`

interface Given {
  readonly partition?: string | undefined
  readonly offset?: string | undefined
  readonly error?: string | undefined
  readonly tenant?: string | undefined
  readonly since?: string | undefined
  readonly until?: string | undefined
  readonly limit?: string | undefined
}

/** Which letters were asked for, and whether anything but the unit narrows them down. */
export interface AskedLetters {
  readonly selection: LetterSelection
  readonly isNarrow: boolean
}

/** Parses the choice; UsageError where it names no unit, or a place that is none. Whether there is such a unit is not asked. */
export function askedLetters(positionals: readonly string[], given: Given): AskedLetters {
  const [name, ...more] = positionals
  if (name === undefined || more.length > 0) {
    throw new UsageError('say one unit, or one place such as payment-dispatcher.dlq@2:5')
  }
  const [, unit, partition, offset] = /^(.+)\.dlq@(\d+):(\d+)$/.exec(name) ?? []
  const place = { partition: partition ?? given.partition, offset: offset ?? given.offset }
  if (place.offset !== undefined && place.partition === undefined) {
    throw new UsageError('--offset goes with --partition: offsets are counted in each')
  }
  const narrowing = [
    place.partition,
    given.error,
    given.tenant,
    given.since,
    given.until,
    given.limit,
  ]
  return {
    selection: {
      unit: unit ?? name,
      partition: numbered('--partition', place.partition),
      offset: numbered('--offset', place.offset),
      error: given.error,
      tenant: given.tenant,
      sinceMs: given.since === undefined ? undefined : instantMs('--since', given.since),
      untilMs: given.until === undefined ? undefined : instantMs('--until', given.until),
      limit: given.limit === undefined ? undefined : wholeNumber('--limit', given.limit, 1),
    },
    isNarrow: narrowing.some((one) => one !== undefined),
  }
}

/** UsageError naming the units there are where it is none, nor one that is gone and left letters behind. */
export async function assertHasLetters(log: LogAccess, unit: string): Promise<void> {
  if (!(await isGone(log, unit))) unitNamed(unit)
}

const numbered = (option: string, text: string | undefined) =>
  text === undefined ? undefined : wholeNumber(option, text)
