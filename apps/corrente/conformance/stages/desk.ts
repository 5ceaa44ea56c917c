import { setTimeout as sleep } from 'node:timers/promises'
import type { TrialLog } from '#apps/corrente/conformance/log/open-log'
import type { Notebook } from '#apps/corrente/conformance/notebook'
import type {
  Exchange,
  ExchangeName,
  Json,
  PaymentName,
  SeenEvent,
} from '#apps/corrente/conformance/observed'
import type { Plan } from '#apps/corrente/conformance/plan'
import { trialPayment } from '#apps/corrente/conformance/trial-payment'
import type { Variant } from '#apps/corrente/conformance/variants'
import { ask, type Asked } from '#apps/corrente/conformance/web'

/** What the stages of a run work with. */
export interface TrialDesk {
  readonly plan: Plan
  readonly log: TrialLog
  readonly notebook: Notebook
  /** Gives the run up; every wait ends by it. */
  readonly signal: AbortSignal
  /** Tells how far the run is. */
  readonly report: (line: string) => void
}

const pollMs = 100

/** Between requests that are repeated: a proxy that is behind is not helped by more of them. */
export const repeatMs = 500

/** Waits for what `find` finds; undefined once patience is over. Throws where the run is given up. */
export async function awaited<Found>(
  { signal, plan }: Pick<TrialDesk, 'signal' | 'plan'>,
  find: () => Found | undefined | Promise<Found | undefined>,
  { msMax = plan.patienceMs, pauseMs = pollMs }: { msMax?: number; pauseMs?: number } = {},
): Promise<Found | undefined> {
  const deadline = performance.now() + msMax
  for (;;) {
    const found = await find()
    if (found !== undefined || performance.now() >= deadline) return found
    await sleep(pauseMs, undefined, { signal })
  }
}

/** Asks the proxy and notes what came of it. */
export const noted = async (
  { notebook, signal }: TrialDesk,
  name: ExchangeName,
  asking: Asked,
): Promise<Exchange> => notebook.exchange(name, await ask(asking, signal))

/** The payment, or its configuration, may not have come to the proxy's tables yet. */
const isTooSoon = (exchange: Exchange): boolean =>
  !('status' in exchange) || [404, 409, 502, 503, 504].includes(exchange.status)

/** Follows an address of a payment, again and again while it may be too soon; notes the last answer. */
export async function followed(
  desk: TrialDesk,
  name: ExchangeName,
  url: string,
): Promise<Exchange> {
  let last: Exchange | undefined
  await awaited(
    desk,
    async () => {
      last = await ask({ url }, desk.signal)
      return isTooSoon(last) ? undefined : last
    },
    { pauseMs: repeatMs },
  )
  return desk.notebook.exchange(name, last!)
}

/** Writes an event of the kit's own; `spell` changes the text of plain JSON. */
export async function writeEvent(
  { log }: TrialDesk,
  event: Json,
  spell?: (text: string) => string,
): Promise<void> {
  log.own(String(event['event_id']))
  await log.write(String(event['service_id']), await log.codec.encode(event, spell))
}

/** Writes the first event of a new payment, as the variant has it. Not tried where the encoding cannot say it. */
export async function writePayment(desk: TrialDesk, variant: Variant): Promise<void> {
  const { plan, log, notebook } = desk
  const { name, change = (payment) => payment, spell, isOnlyJson = false } = variant
  if (isOnlyJson && log.codec.encoding !== 'json') {
    return notebook.untried('the Avro schema of the topic cannot say it', [name])
  }
  const payment = trialPayment(plan)
  const written = change(payment)
  log.watch(payment.id)
  notebook.payment(name, payment.id, written)
  await writeEvent(desk, written, spell)
}

/** Notes that an event has no address of a document: no fault where the intermediary gives no such document. */
export function noteMissing(
  { plan, notebook }: TrialDesk,
  name: 'notice' | 'receipt',
  link: string,
): void {
  const reason = plan.intermediary.lacks?.[name]
  if (reason !== undefined) return notebook.untried(reason, [name])
  notebook.exchange(name, { asked: `links.${link}`, error: 'the event has no address there' })
}

/** What others wrote of one of the payments. */
export function eventsOf({ log, notebook }: TrialDesk, name: PaymentName): readonly SeenEvent[] {
  const id = notebook.idOf(name)
  return id === undefined ? [] : log.eventsOf(id)
}

/** Waits for an event of one of the payments; undefined once patience is over, and where none was written. */
export async function awaitEvent(
  desk: TrialDesk,
  name: PaymentName,
  is: (event: SeenEvent) => boolean,
): Promise<SeenEvent | undefined> {
  if (desk.notebook.idOf(name) === undefined) return undefined
  return awaited(desk, () => eventsOf(desk, name).find(is))
}
