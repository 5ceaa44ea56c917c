import type { Json, SeenEvent, TrialPayment } from '#apps/corrente/conformance/observed'

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A member of a member …; undefined where the way there ends. */
export const at = (value: unknown, ...names: readonly string[]): unknown =>
  names.reduce<unknown>((found, name) => (isObject(found) ? found[name] : undefined), value)

/** Text that is there and not empty. */
export const textAt = (value: unknown, ...names: readonly string[]): string | undefined => {
  const found = at(value, ...names)
  return typeof found === 'string' && found !== '' ? found : undefined
}

export const statusOf = ({ value }: SeenEvent): string => textAt(value, 'status') ?? '(none)'

/** The first event that says the payment can be paid. */
export const openedIn = ({ events }: TrialPayment): SeenEvent | undefined =>
  events.find((event) => statusOf(event) === 'PAYMENT_PENDING')

/** What was written of a payment, in a sentence. */
export function eventsText(events: readonly SeenEvent[]): string {
  if (events.length === 0) return 'no event'
  const named = events.map((event) => `${statusOf(event)} (${event.at})`)
  return named.join(', ')
}

/** Its numbers at the intermediary. */
export const numbersOf = ({ value }: Pick<SeenEvent, 'value'>): string =>
  JSON.stringify([at(value, 'payment', 'notice_code') ?? null, at(value, 'payment', 'iuv') ?? null])

/** An address as it is told: without its query, which may carry a token. */
export const shownUrl = (url: string): string =>
  URL.canParse(url) ? new URL(url).origin + new URL(url).pathname : '(no URL)'
