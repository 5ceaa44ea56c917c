import { describe, expect, it } from 'vitest'
import { drive, driveTask, now } from '#core/drive'
import { stamped } from '#core/envelope'
import { derivedId } from '#core/identity'
import { type Emission, to } from '#core/processor'
import { appVersion } from '#core/version'
import type { IntermediaryConnector } from '#ports/intermediary'
import { codecOf } from '#schemas/codec'
import type {
  ApplicationUpdate,
  Payment,
  PaymentFact,
  PaymentOpening,
} from '#schemas/generated/types'
import type { AnyTopic, ValueOf } from '#schemas/topic'
import * as topics from '#schemas/topics'
import { formatDateTime } from '#schemas/values/date-time'
import { applicationNotifier } from '#streams/payments/application-notifier'
import { debtPositionOpener } from '#streams/payments/debt-position-opener'
import { money, numbers, urls } from '#streams/payments/keeper-samples'
import { paymentDispatcher } from '#streams/payments/payment-dispatcher'
import { paymentIndex } from '#streams/payments/payment-index'
import { paymentIntake } from '#streams/payments/payment-intake'
import { paymentKeeper } from '#streams/payments/payment-keeper'
import { paymentUpdater } from '#streams/payments/payment-updater'
import { sampleApplication, serviceRow, tenantRow } from '#streams/payments/samples'

let offset = 0

/** The emissions to a topic as its readers get them: stamped, through bytes and back. */
function read<T extends AnyTopic>(topic: T, emissions: readonly Emission[]): readonly ValueOf<T>[] {
  const codec = codecOf(topic.schema)
  return emissions
    .filter((emission) => emission.topic === topic.name)
    .map(({ value, appId = 'a-unit:0.1.0' }) => {
      const place = { topic: topic.name, partition: 0, offset: offset++ }
      const record = { ...place, timestamp: now.getTime(), value: null }
      const stamp = { eventId: derivedId('a-unit', record, ''), createdAt: now, appId }
      return codec.decode(codec.encode(stamped(topic, value, stamp) as never)) as ValueOf<T>
    })
}

const connector: IntermediaryConnector = {
  name: 'examplepay',
  forms: {},
  composeOpening: ({ payment }) => JSON.stringify({ iud: payment.iud }),
  connect: () => ({
    openDebtPosition: async () => numbers,
    findDebtPosition: () => Promise.reject(new Error('never called')),
    findSettlement: async () => ({ state: 'pending' }),
    beginOnlinePayment: async () => ({ url: urls.online_payment_begin }),
    fetchReceipt: () => Promise.reject(new Error('never called')),
  }),
}
const addresses = {
  landing: 'https://proxy.example/landing/1',
  notify: 'https://proxy.example/notify',
}
const opener = debtPositionOpener({
  intermediaryOf: (_, configuration) => connector.connect(configuration),
  urlsOf: () => ({ addresses, links: urls }),
})
const register = { reportOutcome: async () => 'accepted' as const, findStatus: async () => 1520 }
const occurred_at = formatDateTime(now)
const headers = { 'corrente-unit': 'payment-keeper' }
const rows = [tenantRow(), serviceRow()]
const urlsOf = () => ({ addresses, links: urls })
const intake = drive(paymentIntake([connector], urlsOf)).given(...rows)

describe('the story of a payment', () => {
  const kept: Emission[] = []
  const keeps = (fact: PaymentFact): Payment | undefined => {
    const { emissions } = drive(paymentKeeper)
      .given(...kept)
      .when(fact).outcome
    kept.push(...emissions.filter(({ topic }) => topic === topics.keptPayments.name))
    return read(topics.payments, emissions)[0]
  }

  it('leads from the application to its outcome and back', async () => {
    const dispatched = drive(paymentDispatcher).when(sampleApplication()).outcome
    const [created] = read(topics.payments, dispatched.emissions) as [Payment]
    const { emissions } = intake.when(created).outcome
    const [received] = read(topics.paymentFacts, emissions) as [PaymentFact]
    const [opening] = read(topics.paymentOpenings, emissions) as [PaymentOpening]
    expect(keeps(received)).toBeUndefined()

    const about = { payment_id: created.id, occurred_at }
    const links = urls
    const opened = to(topics.paymentFacts, {
      ...about,
      type: 'Opened',
      opened: { ...numbers, links },
    })
    await driveTask(opener)
      .given(...rows)
      .when(opening)
      .emits(opened)
    const [openedFact] = read(topics.paymentFacts, [opened]) as [PaymentFact]
    expect(keeps(openedFact)).toMatchObject({
      status: 'PAYMENT_PENDING',
      payment: numbers,
      app_id: `examplepay-payment-proxy:${appVersion}`,
    })

    const settled = to(topics.paymentFacts, { ...about, type: 'Settled', settled: money })
    const complete = keeps((read(topics.paymentFacts, [settled]) as [PaymentFact])[0]) as Payment
    expect(complete.status).toBe('COMPLETE')
    const mirrored = intake.when(complete, { headers }).outcome.emissions
    expect(mirrored).toHaveLength(1)
    const [seen] = read(topics.paymentSeen, mirrored)
    const indexed = drive(paymentIndex).when(seen as never).outcome.emissions
    expect(read(topics.paymentsCurrent, indexed)[0]).toMatchObject({ status: 'COMPLETE' })

    const reported = drive(paymentUpdater).when(complete).outcome.emissions
    const [update] = read(topics.applicationUpdates, reported) as [ApplicationUpdate]
    const url = update.notify_url
    const notified = to(topics.paymentFacts, {
      ...about,
      type: 'Notified',
      notified: { url, application_status: null },
    })
    await driveTask(applicationNotifier({ register, retryWindowMs: 60_000 }))
      .when(update)
      .emits(notified)
    const told = keeps((read(topics.paymentFacts, [notified]) as [PaymentFact])[0]) as Payment
    expect(told.links.notify?.[0]?.sent_at).toBe(occurred_at)
    drive(paymentUpdater)
      .given(...reported)
      .when(told)
      .then()
  })
})
