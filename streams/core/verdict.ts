import { type StoreMarker, storeFormat } from '#core/store-marker'

/** What a store says of its copy of one partition of a changelog. */
export interface Copy {
  /** Every record before this offset is in the copy; some behind it may be. */
  readonly position: number
  /** When the changelog ended at that position, milliseconds: what lies behind it was written later. */
  readonly at: number
  /** How many partitions the unit's input had. */
  readonly partitions: number
}

/** The same partition as the broker has it now. */
export interface ChangelogNow {
  readonly beginning: number
  readonly end: number
  /** The first offset that was written clearly after the copy (`clockSkewMs`); its end where there is none. */
  readonly laterFrom: number
  readonly partitions: number
  readonly nowMs: number
}

export type Verdict =
  | { readonly kind: 'follow'; readonly from: number }
  | { readonly kind: 'rebuild'; readonly reason: string }
  | { readonly kind: 'refuse'; readonly reason: string }

/**
 * The oldest copy that is followed, milliseconds. The broker keeps a removal for 24 hours after the first cleaning
 * that met it (`delete.retention.ms` in `topic-plan.ts`): an older copy could miss one and keep a row for ever.
 */
export const copyAgeMsMax = 12 * 3_600_000

/** So much the clocks of a worker and of a broker may differ, milliseconds. */
export const clockSkewMs = 5 * 60_000

const rebuild = (reason: string): Verdict => ({ kind: 'rebuild', reason })

/** Whether a store's file may be opened at all: a reason to make it anew, or undefined. */
export function storeDoubt(
  marker: StoreMarker | undefined,
  { bootId, cluster }: Pick<StoreMarker, 'bootId' | 'cluster'>,
): string | undefined {
  if (!marker) return 'nothing says how it was left'
  if (marker.format !== storeFormat) return `its format is ${marker.format}, not ${storeFormat}`
  if (marker.cluster !== cluster) return 'it follows another Kafka cluster'
  if (marker.phase === 'closed') return undefined
  if (marker.phase === 'broken') return 'it could not be read'
  if (marker.phase === 'opening') return 'a process ended while opening it'
  if (bootId === undefined)
    return 'it was not closed, and this system does not tell its boots apart'
  if (marker.bootId !== bootId) return 'the machine was restarted before it was closed'
  return undefined
}

/** Whether a copy is read on from its position, built anew, or belongs to other partitions. */
export function copyVerdict(copy: Copy | undefined, now: ChangelogNow): Verdict {
  if (!copy) return rebuild('there is no copy')
  if (copy.partitions !== now.partitions) {
    return {
      kind: 'refuse',
      reason: `its input had ${copy.partitions} partitions and has ${now.partitions}`,
    }
  }
  if (copy.position > now.end) return rebuild('the copy is newer than the changelog')
  if (copy.position < now.beginning) return rebuild('records behind it were deleted')
  if (now.laterFrom < copy.position) return rebuild('the changelog was made anew')
  if (now.nowMs - copy.at > copyAgeMsMax) {
    return rebuild('the copy is so old that it may have missed removals')
  }
  return { kind: 'follow', from: copy.position }
}
