import { readXml } from '#soap/xml'
import { formatDateTime, parseDateTime } from '#schemas/values/date-time'
import type { XmlElement } from '#soap/xml'

// MyPay tells the day only; pagoPA's receipt, in its present and its former form, the moment.
const momentNames: readonly string[] = ['paymentDateTime', 'dataOraMessaggioRicevuta']
const localTime = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?$/

/**
 * When a due was paid: the moment the receipt tells, where it is of the day that MyPay tells, else the beginning of that
 * day in Rome. Times without an offset are Rome's.
 */
export const paidAt = (told: string, receipt: string | undefined): string => {
  const day = told.slice(0, 10)
  const moment = receipt === undefined ? undefined : momentIn(receipt)
  const at = moment === undefined ? undefined : timeOf(moment)
  return at?.startsWith(day) ? at : inRome(`${day}T00:00:00`)
}

const momentIn = (receipt: string): string | undefined => {
  try {
    return found(readXml(receipt))
  } catch {
    // A receipt that cannot be read takes nothing from what is known without it.
    return undefined
  }
}

const found = ({ name, text, children }: XmlElement): string | undefined => {
  if (momentNames.includes(name)) return text.trim()
  for (const child of children) {
    const moment = found(child)
    if (moment !== undefined) return moment
  }
  return undefined
}

const timeOf = (moment: string): string | undefined => {
  try {
    const local = localTime.exec(moment)?.[1]
    return local === undefined ? formatDateTime(new Date(parseDateTime(moment))) : inRome(local)
  } catch {
    return undefined
  }
}

const inRome = (local: string): string => {
  const near = formatDateTime(new Date(`${local}Z`)).slice(-6)
  const offset = formatDateTime(new Date(local + near)).slice(-6)
  return parseDateTime(local + offset)
}
