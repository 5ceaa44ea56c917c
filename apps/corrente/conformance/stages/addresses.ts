import { leadsTo } from '#apps/corrente/conformance/checks/answers'
import type { Exchange, ExchangeName, Json } from '#apps/corrente/conformance/observed'
import { openedIn, textAt } from '#apps/corrente/conformance/read-event'
import {
  awaitEvent,
  eventsOf,
  followed,
  noteMissing,
  type TrialDesk,
} from '#apps/corrente/conformance/stages/desk'

type LinkName = 'offline_payment' | 'online_payment_begin' | 'online_payment_landing'

/** The event by which the main payment became payable; its links are followed, none is built. */
export const openedMain = (desk: TrialDesk): Json =>
  openedIn({ id: '', written: {}, events: eventsOf(desk, 'main') })!.value

/** Calls the address of a link; not tried where the event has none. */
async function call(desk: TrialDesk, name: ExchangeName, link: string): Promise<Exchange | void> {
  const url = textAt(openedMain(desk), 'links', link, 'url')
  if (url !== undefined) return followed(desk, name, url)
  desk.notebook.untried(`the event has no address at links.${link}`, [name])
}

const awaitOpened = (desk: TrialDesk, link: LinkName) =>
  awaitEvent(desk, 'main', ({ value }) => Boolean(textAt(value, 'links', link, 'last_opened_at')))

const noticeNames = [
  ['/notice/', '/offline-payment/'],
  ['/offline-payment/', '/notice/'],
] as const

async function callNotice(desk: TrialDesk): Promise<void> {
  const url = textAt(openedMain(desk), 'links', 'offline_payment', 'url')
  if (url === undefined) {
    noteMissing(desk, 'notice', 'offline_payment')
    return desk.notebook.untried('there is no address of a notice', ['notice-other-name'])
  }
  await followed(desk, 'notice', url)
  await awaitOpened(desk, 'offline_payment')
  const names = noticeNames.find(([own]) => url.includes(own))
  if (names) {
    const [own, other] = names
    await followed(desk, 'notice-other-name', url.replace(own, other))
    return
  }
  desk.notebook.untried('its address has neither of the two names', ['notice-other-name'])
}

async function callUpdate(desk: TrialDesk): Promise<void> {
  if (!(await call(desk, 'update', 'update'))) return
  await awaitEvent(desk, 'main', ({ value }) =>
    Boolean(textAt(value, 'links', 'update', 'last_check_at')),
  )
}

async function callOnline(desk: TrialDesk): Promise<void> {
  const answer = await call(desk, 'online', 'online_payment_begin')
  const page = answer && 'status' in answer ? leadsTo(answer) : undefined
  if (page === undefined) {
    return desk.notebook.untried('there is no page to pay at to come back from', ['landing'])
  }
  await awaitOpened(desk, 'online_payment_begin')
  await callLanding(desk, page)
}

/** The way back is the intermediary's to know: its page says it, or the caller of the kit. */
async function callLanding(desk: TrialDesk, page: string): Promise<void> {
  const { plan, notebook, signal } = desk
  const { landingUrl } = plan.intermediary
  if (!landingUrl) {
    return notebook.untried('only the page to pay at knows it: say it by --landing-url', [
      'landing',
    ])
  }
  const url = await landingUrl(openedMain(desk), page, signal)
  if (url === undefined)
    return notebook.untried('the page to pay at shows no way back', ['landing'])
  await followed(desk, 'landing', url)
  await awaitOpened(desk, 'online_payment_landing')
}

/** Calls the addresses of a payment that is open, as the poller and the payer do. */
export async function callAddresses(desk: TrialDesk): Promise<void> {
  desk.report('following the addresses of the payment')
  await callUpdate(desk)
  await callNotice(desk)
  await callOnline(desk)
}
