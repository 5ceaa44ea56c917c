import { daysLater, formatDateTime, instantOf, toRomeTime } from '#schemas/values/date-time'

const hasOffset = /T.*(?:Z|[+-]\d\d:?(?:\d\d)?)$/i

/**
 * A moment as GovPay writes it: with an offset, as the time of Rome's clocks without one, or as a date alone, which is
 * the beginning of that day in Rome. Null where it is none of these.
 */
export const momentOf = (text: string): string | null => {
  const given = text.replace(' ', 'T')
  const whole = given.includes('T') ? given : `${given}T00:00:00`
  const readings = hasOffset.test(whole) ? [whole] : [`${whole}+02:00`, `${whole}+01:00`]
  const moments = readings.map((reading) => ({ reading, moment: romeTimeOf(reading) }))
  // Only the offset that Rome has at that time comes out again; an hour left out in spring has none.
  const kept = moments.find(({ reading, moment }) => moment?.slice(-6) === reading.slice(-6))
  return (kept ?? moments.at(-1))?.moment ?? null
}

const romeTimeOf = (text: string): string | null => {
  try {
    return toRomeTime(text)
  } catch {
    return null
  }
}

/** The day of a moment in Rome, as GovPay wants dates. */
export const dayOf = (dateTime: string): string => toRomeTime(dateTime).slice(0, 10)

/** The last second of a day in Rome; null where it is no day. */
export const endOf = (day: string): string | null => {
  const begin = momentOf(day)
  return begin && formatDateTime(new Date(instantOf(daysLater(begin, 1)) - 1_000))
}

/** Whether so many hours have gone by since the end of a day; not of what is no day. */
export const isPast = (day: string, hours: number, now: Date): boolean => {
  const begin = momentOf(day)
  if (begin === null) return false
  return now.getTime() >= instantOf(daysLater(begin, 1)) + hours * 3_600_000
}
