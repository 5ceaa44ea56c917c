import type { Json } from '#apps/corrente/conformance/observed'
import type { DueNumbers } from '#apps/corrente/conformance/plan'
import { textAt } from '#apps/corrente/conformance/read-event'
import { openedMain } from '#apps/corrente/conformance/stages/addresses'
import { followed, type TrialDesk, writeEvent } from '#apps/corrente/conformance/stages/desk'
import { trialPayment } from '#apps/corrente/conformance/trial-payment'

const names = ['due', 'due-update', 'due-online'] as const

/** A due that was not born here: its debt is there, and an importer writes it as PAYMENT_PENDING. */
export async function tryDue(desk: TrialDesk): Promise<void> {
  const { plan, notebook, signal, report } = desk
  const { openDue } = plan.intermediary
  if (!openDue) {
    const how = '--due-command or --intermediary'
    return notebook.untried(`nothing was given to open a debt elsewhere by: ${how}`, names)
  }
  report('writing a payment whose debt was opened elsewhere')
  const born = trialPayment(plan)
  const links = linksOf(openedMain(desk), born)
  if (!links) return notebook.untried('addresses of its payments do not carry their id', names)
  let numbers: DueNumbers
  try {
    numbers = await openDue(born, signal)
  } catch (error) {
    signal.throwIfAborted()
    return notebook.untried(`no debt could be opened elsewhere: ${(error as Error).message}`, names)
  }
  const due = {
    ...born,
    status: 'PAYMENT_PENDING',
    payment: { ...(born['payment'] as Json), ...numbers },
    links: { ...(born['links'] as Json), ...links },
  }
  desk.log.watch(born.id)
  notebook.payment('due', born.id, due)
  await writeEvent(desk, due)
  for (const [name, link] of [
    ['due-update', 'update'],
    ['due-online', 'online_payment_begin'],
  ] as const) {
    await followed(desk, name, textAt(due, 'links', link, 'url')!)
  }
}

const imported = ['online_payment_begin', 'offline_payment', 'update'] as const

/**
 * The links an importer writes: those of the proxy's own payment with the other id in the place of its own, since
 * addresses are never built. Undefined where one does not carry the id; one that its payments lack is left out.
 */
export function linksOf(own: Json, born: Json & { readonly id: string }): Json | undefined {
  const id = String(own['id'])
  const entries = imported.map((name) => {
    const url = textAt(own, 'links', name, 'url')
    const link = (born['links'] as Json)[name] as Json
    // Only a notice may be lacking: without the others nobody could be asked for it.
    if (url === undefined) return [name, name === 'offline_payment' ? link : undefined]
    return [name, url.includes(id) ? { ...link, url: url.replaceAll(id, born.id) } : undefined]
  })
  return entries.every(([, link]) => link) ? (Object.fromEntries(entries) as Json) : undefined
}
