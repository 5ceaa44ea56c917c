import { describe, expect, it } from 'vitest'
import type { Payment } from '#schemas/generated/types'
import {
  intake,
  configured,
  seen,
  received,
  row,
  created,
  imported,
  adopted,
} from '#streams/payments/intake-samples'
import { urls } from '#streams/payments/keeper-samples'
import { samplePayment, serviceRow, tenantRow } from '#streams/payments/samples'

describe('payment-intake: what is not said', () => {
  it('takes in a due that was born elsewhere; it is open already, and leads to us', () => {
    configured.when(imported).then(seen(imported), received(adopted()), row)
  })

  it('keeps the addresses a due has, and fills in those it lacks', () => {
    const { links } = imported
    const online_payment_begin = { ...links.online_payment_begin, url: 'https://other.example/1' }
    const filled = { ...imported, links: { ...links, online_payment_begin } }
    configured.when(filled).then(seen(filled), received(adopted({ online_payment_begin })), row)
  })

  it('only mirrors a due that another proxy follows, whatever is configured here', () => {
    const { links } = imported
    const followedAt = (url: string) => ({
      ...imported,
      links: { ...links, update: { ...links.update, url } },
    })
    for (const url of ['https://iris.example/update/1', 'no address']) {
      configured.when(followedAt(url)).then(seen(followedAt(url)))
    }
    const ours = followedAt(`${new URL(urls.update).origin}/another/update/1`)
    const { update } = ours.links
    configured.when(ours).then(seen(ours), received(adopted({ update })), row)
  })

  it('takes what a creation does not say from the configuration of its service', () => {
    const bare = samplePayment({
      payment: { ...created.payment, amount: null, expire_at: null, split: [] },
    })
    const split = [
      { split_id: 'c_1', split_amount: 0.4 },
      { split_id: 'c_2', split_amount: 0.6 },
    ]
    const config = JSON.stringify({ due_type: 'CANONE', amount: 42.51, expire_at: 90, split })
    const { outcome } = intake.given(tenantRow(), serviceRow({ config })).when(bare)
    const [mirrored, fact, order] = outcome.emissions
    expect(mirrored).toEqual(seen(bare))
    const { payment } = (fact?.value as { received: { payment: Payment } }).received
    expect(payment.payment).toMatchObject({
      amount: 4251,
      expire_at: '2025-06-08T09:15:02+02:00',
      split: [
        { code: 'c_1', amount: 1700 },
        { code: 'c_2', amount: 2551 },
      ],
    })
    expect(order?.topic).toBe('payment.openings')
  })

  it('leaves a due that was born elsewhere as it was told', () => {
    const due = samplePayment({
      status: 'PAYMENT_PENDING',
      payment: { ...created.payment, amount: null },
    })
    const config = JSON.stringify({ due_type: 'CANONE', amount: 42.5 })
    const { outcome } = intake.given(tenantRow(), serviceRow({ config })).when(due)
    const fact = outcome.emissions[1]?.value as { received: { payment: Payment } }
    expect(fact.received.payment.payment.amount).toBeNull()
  })

  it('sets aside a creation whose amount the configured shares do not make', () => {
    const split = [{ split_id: 'c_1', split_amount: 40 }]
    const config = JSON.stringify({ due_type: 'CANONE', split })
    const bare = samplePayment({ payment: { ...created.payment, split: [] } })
    intake
      .given(tenantRow(), serviceRow({ config }))
      .when(bare)
      .thenSetsAside('bad-configuration', seen(bare))
  })

  it('cuts a reason that readers would not take, whoever wrote it', () => {
    for (const payment of [created, imported]) {
      const reason = 'r'.repeat(141)
      const { outcome } = configured.when({ ...payment, reason })
      const fact = outcome.emissions[1]?.value as { received: { payment: Payment } }
      expect(fact.received.payment.reason).toBe('r'.repeat(140))
    }
  })
})
