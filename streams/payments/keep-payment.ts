import type { KeptPayment, Links, NotifyLink, PaymentFact } from '#schemas/generated/types'
import { checkPayment } from '#streams/payments/check-payment'
import { type CheckTail, firstCheckAt } from '#streams/payments/check-schedule'
import {
  type Decision,
  type FactOf,
  anomaly,
  ended,
  later,
  nextVersion,
  unchanged,
} from '#streams/payments/decision'
import { expirePayment, timed } from '#streams/payments/expire-payment'
import { isLegalStep } from '#streams/payments/payment-lifecycle'
import { retried, retryRequested } from '#streams/payments/retry-payment'
import { released, settle } from '#streams/payments/settle-payment'

interface Given {
  /** When the fact was written; facts themselves say when they happened. */
  readonly heardAt: Date
  readonly checkTail: CheckTail
}

/** What one fact makes of a payment, as kept so far; the only place where a payment of ours changes its state. */
export const keepPayment = (
  kept: KeptPayment | undefined,
  fact: PaymentFact,
  given: Given,
): Decision => timed(kept === undefined ? ofUnknown(fact) : decided(kept, fact, given), fact)

function decided(kept: KeptPayment, fact: PaymentFact, { heardAt, checkTail }: Given): Decision {
  switch (fact.type) {
    case 'Received':
      return unchanged
    case 'Opened':
      return opened(kept, fact)
    case 'Refused':
      return released(ended(kept, fact, 'CREATION_FAILED'), fact)
    case 'OnlineOpened':
      return onlineOpened(kept, fact)
    case 'NoticeOpened':
      return linkOpened(kept, fact, 'offline_payment')
    case 'ReceiptOpened':
      return linkOpened(kept, fact, 'receipt')
    case 'Landed':
      return linkOpened(kept, fact, 'online_payment_landing')
    case 'Checked':
      return checkPayment(kept, fact, checkTail)
    case 'Settled':
      return settle(kept, fact, fact.settled)
    case 'Cancelled':
      return ended(kept, fact, 'CANCELED')
    case 'Notified':
      return notified(kept, fact)
    case 'ApplicationRefused':
      return applicationRefused(kept, fact)
    case 'ExpiryDue':
      return expirePayment(kept, fact, heardAt)
    case 'RetryRequested':
      return retryRequested(kept, fact)
    case 'Retried':
      return retried(kept, fact)
    case 'RetryRefused':
      return anomaly(kept, fact, { kind: 'retry-refused', message: fact.retry_refused.message })
  }
}

// Applications of other proxies' payments are told too: what becomes of that is no news about a payment of ours.
function ofUnknown(fact: PaymentFact): Decision {
  if (fact.type === 'Received') return received(fact)
  if (fact.type === 'Notified') return unchanged
  if (fact.type === 'ApplicationRefused') return applicationRefused(undefined, fact)
  const message = `${fact.type} of a payment never received`
  return anomaly(undefined, fact, { kind: 'unknown-payment', message })
}

function received(fact: FactOf<'Received'>): Decision {
  const { payment, connector } = fact.received
  const kept: KeptPayment = {
    payment_id: fact.payment_id,
    payment,
    connector,
    awaiting: null,
    checks_end_at: null,
    expires_at: null,
    retry_payment_id: null,
  }
  // The event that was received is this version already, but for a due that was born elsewhere: it is ours now.
  if (payment.status !== 'PAYMENT_PENDING') return { ...unchanged, kept }
  const { links } = payment
  const update = { ...links.update, next_check_at: firstCheckAt(fact.occurred_at) }
  return nextVersion(kept, fact, { links: { ...links, update } })
}

function opened(kept: KeptPayment, fact: FactOf<'Opened'>): Decision {
  const { status, payment, links } = kept.payment
  const { notice_code, iuv, links: urls } = fact.opened
  if (status === 'CREATION_FAILED') {
    return anomaly(kept, fact, {
      kind: 'illegal-step',
      message: `PAYMENT_PENDING does not follow ${status}`,
    })
  }
  if (status !== 'CREATION_PENDING') {
    const isSame = payment.notice_code === notice_code && payment.iuv === iuv
    return isSame
      ? unchanged
      : anomaly(kept, fact, { kind: 'illegal-step', message: 'opened with other numbers' })
  }
  const next_check_at = firstCheckAt(fact.occurred_at)
  const version = nextVersion(kept, fact, {
    status: 'PAYMENT_PENDING',
    payment: { ...payment, notice_code, iuv },
    links: {
      ...links,
      online_payment_begin: { ...links.online_payment_begin, url: urls.online_payment_begin },
      offline_payment: { ...links.offline_payment, url: urls.offline_payment },
      receipt: { ...links.receipt, url: urls.receipt },
      update: { ...links.update, url: urls.update, next_check_at },
    },
  })
  return released(version, fact)
}

// A start that comes late cannot undo an end: the opening is noted, the state stays.
function onlineOpened(kept: KeptPayment, fact: FactOf<'OnlineOpened'>): Decision {
  const { status } = kept.payment
  const next = isLegalStep(status, 'PAYMENT_STARTED') ? 'PAYMENT_STARTED' : status
  const payment = { ...kept.payment, status: next }
  return linkOpened({ ...kept, payment }, fact, 'online_payment_begin')
}

type OpenedLink = 'online_payment_begin' | 'online_payment_landing' | 'offline_payment' | 'receipt'

function linkOpened(kept: KeptPayment, fact: PaymentFact, name: OpenedLink): Decision {
  const links: Links = kept.payment.links
  const last_opened_at = later(links[name].last_opened_at, fact.occurred_at)
  return nextVersion(kept, fact, {
    links: { ...links, [name]: { ...links[name], last_opened_at } },
  })
}

function notified(kept: KeptPayment, fact: FactOf<'Notified'>): Decision {
  const { links } = kept.payment
  const { url } = fact.notified
  const isNews = (link: NotifyLink) =>
    link.url === url && later(link.sent_at, fact.occurred_at) !== link.sent_at
  if (!links.notify?.some(isNews)) return unchanged
  const notify = links.notify.map((link) =>
    isNews(link) ? { ...link, sent_at: fact.occurred_at } : link,
  )
  return nextVersion(kept, fact, { links: { ...links, notify } })
}

function applicationRefused(
  kept: KeptPayment | undefined,
  fact: FactOf<'ApplicationRefused'>,
): Decision {
  const { code } = fact.application_refused
  return anomaly(kept, fact, {
    kind: 'application-refused',
    message: `the application refused the outcome: ${code}`,
  })
}
