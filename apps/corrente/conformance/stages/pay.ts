import { statusOf, textAt } from '#apps/corrente/conformance/read-event'
import { openedMain } from '#apps/corrente/conformance/stages/addresses'
import {
  awaited,
  eventsOf,
  followed,
  noteMissing,
  type TrialDesk,
} from '#apps/corrente/conformance/stages/desk'
import { ask } from '#apps/corrente/conformance/web'

const isComplete = (event: Parameters<typeof statusOf>[0]) => statusOf(event) === 'COMPLETE'
/** How long the intermediary's own word is waited for before the proxy is asked to look. */
const notifiedMsMax = 3_000

/** Has the payment paid at the intermediary, waits for COMPLETE, and asks for the receipt. */
export async function pay(desk: TrialDesk): Promise<void> {
  const { plan, notebook, signal, report } = desk
  if (!plan.intermediary.pay) {
    const how = '--pay-url, --pay-command or --intermediary'
    return notebook.untried(`nothing was given to have it paid by: ${how}`, ['paid', 'receipt'])
  }
  report('having the payment paid at the intermediary')
  try {
    await plan.intermediary.pay(openedMain(desk), signal)
  } catch (error) {
    signal.throwIfAborted()
    const reason = `it could not be paid: ${(error as Error).message}`
    return notebook.untried(reason, ['paid', 'receipt'])
  }
  notebook.paid()
  await awaitComplete(desk)
  const complete = eventsOf(desk, 'main').find(isComplete)
  if (!complete) return notebook.untried('no event has status COMPLETE', ['receipt'])
  const url = textAt(complete.value, 'links', 'receipt', 'url')
  if (url === undefined) return noteMissing(desk, 'receipt', 'receipt')
  await followed(desk, 'receipt', url)
}

/** A notification may come by itself; else the proxy is asked to look, again and again, as the poller asks it. */
async function awaitComplete(desk: TrialDesk): Promise<void> {
  const { plan, signal } = desk
  const url = textAt(openedMain(desk), 'links', 'update', 'url')
  const isThere = () => eventsOf(desk, 'main').some(isComplete) || undefined
  await awaited(desk, async () => {
    const notified = await awaited(desk, isThere, {
      msMax: Math.min(notifiedMsMax, plan.patienceMs),
    })
    if (!notified && url !== undefined) await ask({ url }, signal)
    return notified
  })
}
