import { formatDateTime, parseDateTime } from '#schemas/values/date-time'

const withoutOffset = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?$/

/**
 * A dateTime of XML Schema, as we write dates and times; one without an offset is the clock of Rome. Throws
 * InvalidValueError.
 */
export const parseXmlDateTime = (text: string): string => {
  const local = withoutOffset.exec(text.trim())?.[1]
  return local === undefined
    ? formatDateTime(new Date(parseDateTime(text.trim())))
    : parseDateTime(local + romeOffsetAt(local))
}

// Two tries, as the offset of a moment is known once the moment is.
const romeOffsetAt = (local: string): string => {
  const near = formatDateTime(new Date(parseDateTime(`${local}Z`))).slice(-6)
  return formatDateTime(new Date(local + near)).slice(-6)
}
