import { InvalidValueError, textOf } from '#schemas/values/invalid-value'
import { keptAnswers } from '#schemas/values/kept-answers'

const local = String.raw`\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d`
const whole = new RegExp(String.raw`^${local}(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$`)
const loose = new RegExp(
  String.raw`^(${local})(?:[.,]\d{1,20})?(?:(Z)|([+-])(0\d|1[0-4])(?::?([0-5]\d))?)$`,
  'i',
)

// Records of a few seconds come thousands a second, each with several of the same times.
const kept = 1_000

/**
 * ISO 8601 with an offset and whole seconds. A fraction is dropped, `+0100` and `+01` become
 * `+01:00`; the offset itself is kept. Throws InvalidValueError: no offset, no such day.
 */
export const parseDateTime = (input: unknown): string => parsed(textOf(input, 'a date and time'))

const parsed = keptAnswers(kept, (text: string): string => {
  const dateTime = whole.test(text) ? text : mended(text)
  if (!isDay(dateTime)) throw new InvalidValueError('is not a day of the calendar')
  return dateTime
})

function mended(text: string): string {
  const match = loose.exec(text)
  if (match === null) {
    throw new InvalidValueError(
      'is not a date and time with an offset, such as 2025-03-10T09:15:02+01:00',
    )
  }
  const [, dateAndTime = '', isUtc, sign, hours, minutes = '00'] = match
  return dateAndTime.toUpperCase() + (isUtc ? 'Z' : `${sign}${hours}:${minutes}`)
}

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function isDay(dateTime: string): boolean {
  const month = Number(dateTime.slice(5, 7))
  const day = Number(dateTime.slice(8, 10))
  if (day <= 28) return day >= 1 && month >= 1 && month <= 12
  const year = Number(dateTime.slice(0, 4))
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return day <= (month === 2 && isLeap ? 29 : (monthDays[month - 1] ?? 0))
}

/** Milliseconds since 1970 of a date and time. Instants are compared by this, never as text. */
export const instantOf = (text: string): number => Date.parse(parseDateTime(text))

const hourMs = 3_600_000
const offsets = new Intl.DateTimeFormat('en', {
  timeZone: 'Europe/Rome',
  timeZoneName: 'longOffset',
})

/** Minutes by which Rome is ahead of UTC. It changes on whole hours only. */
const romeMinutes = (instant: number): number => minutesOfHour(Math.floor(instant / hourMs))

const minutesOfHour = keptAnswers(kept, (hour: number): number => {
  const parts = offsets.formatToParts(hour * hourMs)
  const name = parts.find((part) => part.type === 'timeZoneName')!.value
  const [, sign, hours, minutes] = /^GMT(?:([+-])(\d\d):(\d\d))?/.exec(name)!
  const ahead = Number(hours ?? 0) * 60 + Number(minutes ?? 0)
  return sign === '-' ? -ahead : ahead
})

/** The instant as Rome's clock shows it, whole seconds: `2025-03-10T09:15:02+01:00`. */
export const formatDateTime = (date: Date): string => ofSecond(Math.floor(date.getTime() / 1_000))

const two = (part: number) => String(part).padStart(2, '0')

const ofSecond = keptAnswers(kept, (second: number): string => {
  const minutes = romeMinutes(second * 1_000)
  const local = new Date((second + minutes * 60) * 1_000).toISOString().slice(0, 19)
  const ahead = Math.abs(minutes)
  return `${local}${minutes < 0 ? '-' : '+'}${two(Math.floor(ahead / 60))}:${two(ahead % 60)}`
})

/**
 * The same time of day in Rome so many days later, as its calendar counts them: summer time moves no deadline. At the
 * end of the calendar the date and time itself.
 */
export function daysLater(text: string, days: number): string {
  const from = instantOf(text)
  const to = from + days * 24 * hourMs
  const rome = formatDateTime(new Date(to + (romeMinutes(from) - romeMinutes(to)) * 60_000))
  return whole.test(rome) ? rome : text
}

/**
 * The same instant with Rome's offset, as we write it; at the ends of the calendar, where its year
 * would not have four digits, as it came. Throws InvalidValueError as parseDateTime does.
 */
export const toRomeTime = (input: unknown): string => inRome(textOf(input, 'a date and time'))

const inRome = keptAnswers(kept, (given: string): string => {
  const text = parsed(given)
  const rome = formatDateTime(new Date(text))
  return whole.test(rome) ? rome : text
})
