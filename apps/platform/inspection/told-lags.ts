import type { AgedLag } from '#apps/platform/inspection/aged-lags'
import { isLost, isOutside, type UnitLag } from '#apps/platform/inspection/unit-lags'

/** Beyond these a unit needs somebody. */
export interface LagBounds {
  readonly lagMax: number
  readonly ageSecondsMax: number
}

/** How a unit stands, and what it needs somebody for: a sentence each. */
export interface ToldLag {
  readonly unit: string
  readonly lag: number
  /** Of the record that waits longest; null where none does. */
  readonly oldestAgeSeconds: number | null
  /** Processes that run it. */
  readonly members: number
  readonly needs: readonly string[]
}

/** Whether records wait in a partition, or nobody can say from where it goes on. */
export const isLagging = (one: AgedLag): boolean =>
  one.oldestAgeSeconds !== null || isOutside(one) || isLost(one)

/** Each unit, with what it needs. */
export const toldLags = (
  lags: readonly UnitLag[],
  partitions: readonly AgedLag[],
  bounds: LagBounds,
): readonly ToldLag[] =>
  lags.map(({ unit, lag, members }) => {
    const own = partitions.filter((one) => one.unit === unit)
    const ages = own.flatMap(({ oldestAgeSeconds }) => oldestAgeSeconds ?? [])
    const oldestAgeSeconds = ages.length > 0 ? Math.max(...ages) : null
    const told = { unit, lag, oldestAgeSeconds, members }
    return { ...told, needs: needsOf(told, own, bounds) }
  })

function needsOf(
  { lag, oldestAgeSeconds, members }: Omit<ToldLag, 'needs'>,
  partitions: readonly AgedLag[],
  { lagMax, ageSecondsMax }: LagBounds,
): readonly string[] {
  const needs = [
    partitions.some(isOutside) && 'it stands outside the log: corrente doctor says what to do',
    partitions.some(isLost) &&
      'nothing says where it goes on: start its worker, which says what to do',
    oldestAgeSeconds !== null && members === 0 && 'no process runs it: start a worker that does',
    lag > lagMax && `more than ${lagMax} behind`,
    (oldestAgeSeconds ?? 0) > ageSecondsMax &&
      `its oldest record waits longer than ${ageSecondsMax} s`,
  ]
  return needs.filter((one) => one !== false)
}
