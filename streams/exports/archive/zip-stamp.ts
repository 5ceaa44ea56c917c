/** A date and time as a ZIP keeps it, in UTC and to two seconds; 1980 to 2107. */
export interface ZipStamp {
  readonly time: number
  readonly date: number
}

const earliest = Date.UTC(1980, 0, 1)
const latest = Date.UTC(2107, 11, 31, 23, 59, 58)

/** What every item of an archive is dated: the state of the movements, never the clock. */
export function zipStampOf(instant: Date): ZipStamp {
  const at = new Date(Math.min(Math.max(instant.getTime(), earliest), latest))
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1)
  const years = at.getUTCFullYear() - 1980
  return { time, date: (years << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate() }
}
