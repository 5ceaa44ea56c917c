import {
  type ExchangeName,
  exchangeNames,
  type PaymentName,
  paymentNames,
  type SeenEvent,
} from '#apps/corrente/conformance/observed'
import { eventsText, statusOf, textAt } from '#apps/corrente/conformance/read-event'
import {
  awaitEvent,
  eventsOf,
  type TrialDesk,
  writeEvent,
  writePayment,
} from '#apps/corrente/conformance/stages/desk'
import { newEnvelope, trialPayment } from '#apps/corrente/conformance/trial-payment'
import {
  eitherVariants,
  ignoredVariants,
  malformedValues,
  takenVariants,
} from '#apps/corrente/conformance/variants'

const isAnswer = (event: SeenEvent) => statusOf(event) !== 'CREATION_PENDING'
const isOpen = (event: SeenEvent) => statusOf(event) === 'PAYMENT_PENDING'

/** Whatever needs a payment that was taken. */
export function untriedPayments({ notebook }: TrialDesk, reason: string): void {
  const api = /^(status|metrics|tenant|service|preflight|read)/
  const names: (ExchangeName | PaymentName | 'paid')[] = [
    ...exchangeNames.filter((name) => !api.test(name)),
    ...paymentNames,
    'paid',
  ]
  notebook.untried(reason, names)
}

/** The plainest payment of all; false where it is not taken, and nothing else needs to be tried. */
export async function createMain(desk: TrialDesk): Promise<boolean> {
  desk.report('writing a payment, and waiting for its debt')
  await writePayment(desk, { name: 'main' })
  const answer = await awaitEvent(desk, 'main', isAnswer)
  if (answer && isOpen(answer)) {
    await askWhyUnnumbered(desk, answer)
    return true
  }
  const seen = eventsText(eventsOf(desk, 'main'))
  untriedPayments(desk, `no debt was created for the first payment: ${seen}`)
  return false
}

/** An event without a number to pay by is no fault of a proxy whose intermediary gives none. */
async function askWhyUnnumbered(desk: TrialDesk, { value }: SeenEvent): Promise<void> {
  const { plan, notebook, signal } = desk
  const isNumbered = ['notice_code', 'iuv'].some((name) => textAt(value, 'payment', name))
  if (isNumbered || !plan.intermediary.whyUnnumbered) return
  try {
    const written = notebook.writtenOf('main')!
    notebook.unnumbered = await plan.intermediary.whyUnnumbered(written, signal)
  } catch {
    // An intermediary that cannot be asked excuses nothing.
    signal.throwIfAborted()
  }
}

/**
 * Payments that differ from the plainest, all at once: those that must be taken are waited for; two of them are
 * written a second time.
 */
export async function createVariants(desk: TrialDesk, inactiveServiceId?: string): Promise<void> {
  const inactive = inactiveServiceId === undefined
  const ignored = ignoredVariants(inactiveServiceId ?? '')
  const variants = [
    ...takenVariants,
    ...eitherVariants,
    ...ignored.filter(({ name }) => !(inactive && name === 'service-inactive')),
  ]
  if (inactive) desk.notebook.untried('no service could be made inactive', ['service-inactive'])
  desk.report(`writing ${variants.length} payments that differ from it`)
  for (const variant of variants) await writePayment(desk, variant)
  await Promise.all(takenVariants.map(({ name }) => awaitEvent(desk, name, isAnswer)))
  for (const name of ['creation-again', 'pending-again'] as const) await repeat(desk, name)
}

/** Writes the first event again, or what the proxy made of it, as a new event. */
async function repeat(desk: TrialDesk, name: 'creation-again' | 'pending-again'): Promise<void> {
  const { notebook } = desk
  const events = eventsOf(desk, name)
  const opened = events.find(isOpen)
  const first = notebook.writtenOf(name)
  const event = name === 'creation-again' ? first : opened?.value
  if (!opened || !event) return
  notebook.repeated(name, events.length)
  await writeEvent(desk, { ...event, ...newEnvelope(new Date()) })
}

/** What is no event, and behind it a payment that shows whether the proxy goes on. */
export async function tryMalformed(desk: TrialDesk): Promise<void> {
  const { plan, log, notebook, report } = desk
  const values = malformedValues(trialPayment(plan))
  report(`writing ${values.length} malformed events, and a payment behind them`)
  for (const value of values) await log.write(plan.service.id, value)
  notebook.malformedCount = values.length
  await writePayment(desk, { name: 'last' })
  await awaitEvent(desk, 'last', isAnswer)
}
