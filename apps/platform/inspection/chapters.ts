import { exchangeText } from '#apps/platform/inspection/exchange-text'
import type {
  Application,
  ApplicationUpdate,
  Payment,
  PaymentAnomaly,
  PaymentCurrent,
  PaymentExchange,
  PaymentFact,
  PaymentOpening,
} from '#schemas/generated/types'
import type { AnyTopic } from '#schemas/topic'
import * as topics from '#schemas/topics'

/** What an event says, and whose it is. */
interface Told {
  readonly application?: string
  readonly payment?: string
  readonly what: string
  readonly by?: string
  readonly event?: Payment
  readonly fact?: PaymentFact
  readonly exchange?: PaymentExchange
}

/** A topic of the story, and how its events are told. */
export interface Chapter {
  readonly topic: AnyTopic
  /** The record key is the payment's or the application's id: others need not be read. */
  readonly isKeyed?: true
  readonly tell: (value: never) => Told
}

/** The topics a payment passes, and what an event there says. Values are never personal. */
export const chapters: readonly Chapter[] = [
  {
    topic: topics.applications,
    tell: ({ id, status, status_name, app_id }: Application) => ({
      application: id,
      what: `application ${id} at ${status} ${status_name}`,
      by: app_id,
    }),
  },
  {
    topic: topics.payments,
    tell: (value: Payment) => ({
      application: value.remote_id,
      payment: value.id,
      what: `${value.status}${isNotified(value) ? ', the Core was told' : ''}${nextCheckIn(value)}`,
      by: value.app_id,
      event: value,
    }),
  },
  {
    topic: topics.paymentOpenings,
    isKeyed: true,
    tell: ({ payment_id, connector, app_id }: PaymentOpening) => ({
      payment: payment_id,
      what: `open a debt position at ${connector}`,
      by: app_id,
    }),
  },
  {
    topic: topics.paymentFacts,
    isKeyed: true,
    tell: (fact: PaymentFact) => ({
      payment: fact.payment_id,
      what: factLine(fact),
      by: fact.app_id,
      fact,
    }),
  },
  {
    topic: topics.paymentExchanges,
    isKeyed: true,
    tell: (exchange: PaymentExchange) => ({
      payment: exchange.payment_id,
      what: exchangeText(exchange),
      by: exchange.app_id,
      exchange,
    }),
  },
  {
    topic: topics.paymentAnomalies,
    isKeyed: true,
    tell: ({ payment_id, kind, app_id }: PaymentAnomaly) => ({
      payment: payment_id,
      what: `ANOMALY ${kind}`,
      by: app_id,
    }),
  },
  {
    topic: topics.paymentsCurrent,
    isKeyed: true,
    tell: ({ id, remote_id, status }: PaymentCurrent & { id: string }) => ({
      application: remote_id,
      payment: id,
      what: `row of the view: ${status}`,
    }),
  },
  {
    topic: topics.applicationUpdates,
    isKeyed: true,
    tell: ({ application_id, payment_id, status, app_id }: ApplicationUpdate) => ({
      application: application_id,
      payment: payment_id,
      what: status === 'RETRY' ? 'ask to try again' : `tell the Core ${status}`,
      by: app_id,
    }),
  },
]

function factLine(fact: PaymentFact): string {
  if (fact.type === 'Retried') return `Retried as ${fact.retried.retry_payment_id}`
  if (fact.type === 'RetryRefused') return `RetryRefused: ${fact.retry_refused.message}`
  return fact.type
}

const nextCheckIn = ({ status, links }: Payment): string =>
  isAwaited(status) && links.update.next_check_at !== null
    ? `, next check at ${links.update.next_check_at}`
    : ''

const isAwaited = (status: string) => status === 'PAYMENT_PENDING' || status === 'PAYMENT_STARTED'

const isNotified = ({ links }: Payment) => links.notify?.some(({ sent_at }) => sent_at) ?? false
