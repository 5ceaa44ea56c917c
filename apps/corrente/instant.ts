import { UsageError } from '#apps/corrente/command'

const unitMs: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}

/**
 * An instant as it is typed: ISO 8601 with its offset, or an age such as 90s, 15m, 2h or 3d. Milliseconds since the
 * epoch; UsageError naming the option where it is neither.
 */
export function instantMs(option: string, text: string, nowMs = Date.now()): number {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(text) ?? []
  if (count !== undefined && unit !== undefined) return nowMs - Number(count) * unitMs[unit]!
  const instant = Date.parse(text)
  // Without an offset it would be read in the time zone of this machine.
  const isExact = /^\d{4}-\d\d-\d\d(T\d\d:\d\d.*(Z|[+-]\d\d:?\d\d))?$/.test(text)
  if (isExact && !Number.isNaN(instant)) return instant
  throw new UsageError(
    `${option} ${text}: say an instant such as 2026-01-15T10:00:00Z, or an age such as 15m, 2h or 3d`,
  )
}
