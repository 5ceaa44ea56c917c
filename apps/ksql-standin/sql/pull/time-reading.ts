import type { SqlType } from '#apps/ksql-standin/sql/sql-type'

const dayMs = 86_400_000
const date = String.raw`(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?`
const time = String.raw`(\d{2})(?::(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?)?`
const zone = String.raw`(Z|[+-]\d{2}:?\d{2})`
const dateOnly = new RegExp(`^${date}$`)
const timeOnly = new RegExp(`^${time}$`)
const dateAndTime = new RegExp(`^${date}(?:T${time}${zone}?)?$`)

function daysOf(year: string, month = '01', day = '01'): number | undefined {
  const ms = Date.parse(`${year}-${month}-${day}T00:00:00Z`)
  const isDay = Number.isFinite(ms) && new Date(ms).getUTCDate() === Number(day)
  return isDay ? ms / dayMs : undefined
}

function clockOf(hour = '00', minute = '00', second = '00', fraction = '0'): number | undefined {
  const [h, m, s] = [Number(hour), Number(minute), Number(second)] as const
  if (h > 23 || m > 59 || s > 59) return undefined
  return ((h * 60 + m) * 60 + s) * 1000 + Number(fraction.padEnd(3, '0'))
}

/** Milliseconds that a zone is ahead of UTC. */
function aheadOf(text = 'Z'): number {
  if (text === 'Z') return 0
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2))
  return minutes * (text.startsWith('-') ? -60_000 : 60_000)
}

/** A text as the number by which it is stored; null: it is none, and compares with nothing. */
export function readTime(text: string, { kind }: SqlType): number | null {
  if (kind === 'DATE') {
    const [, year, month, day] = dateOnly.exec(text) ?? []
    return year === undefined ? null : (daysOf(year, month, day) ?? null)
  }
  if (kind === 'TIME') {
    const [found, hour, minute, second, fraction] = timeOnly.exec(text) ?? []
    return found === undefined ? null : (clockOf(hour, minute, second, fraction) ?? null)
  }
  const [, year, month, day, hour, minute, second, fraction, ahead] = dateAndTime.exec(text) ?? []
  if (year === undefined) return null
  const days = daysOf(year, month, day)
  const clock = clockOf(hour, minute, second, fraction)
  return days === undefined || clock === undefined ? null : days * dayMs + clock - aheadOf(ahead)
}
