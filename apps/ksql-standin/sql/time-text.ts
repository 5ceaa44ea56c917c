const dayMs = 86_400_000n
/** The calendar repeats after so many days, which are 400 years. */
const cycleDays = 146_097
const cycleYears = 400

/** Days since 1970-01-01 as `2026-11-22`; years beyond four digits have a sign, as in Java. */
export function dateText(days: number): string {
  const cycles = Math.floor(days / cycleDays)
  const inCycle = new Date((days - cycles * cycleDays) * Number(dayMs))
  const year = inCycle.getUTCFullYear() + cycles * cycleYears
  const sign = year < 0 ? '-' : year > 9999 ? '+' : ''
  const padded = String(Math.abs(year)).padStart(4, '0')
  return `${sign}${padded}${inCycle.toISOString().slice(4, 10)}`
}

const clock = (ms: number) => new Date(ms).toISOString().slice(11, 23)

/** Milliseconds of the day as `10:30:15`, or `10:30` on the minute; what is below a second is left out. */
export function timeText(ms: number): string {
  const text = clock(ms).slice(0, 8)
  return text.endsWith(':00') ? text.slice(0, 5) : text
}

/** Milliseconds since 1970-01-01T00:00Z as `2026-11-18T11:06:40.000`. */
export function timestampText(ms: bigint): string {
  const ofDay = ((ms % dayMs) + dayMs) % dayMs
  return `${dateText(Number((ms - ofDay) / dayMs))}T${clock(Number(ofDay))}`
}
