import type { ReportedSettlement, Settlement } from '#ports/intermediary'
import type { EmittedOf } from '#schemas/topic'
import type { paymentFacts } from '#schemas/topics'

type WithoutIdentity<Fact> = Fact extends unknown ? Omit<Fact, 'payment_id' | 'occurred_at'> : never

/** What happened to a payment; which one and when are added as it is reported. */
export type Happening = WithoutIdentity<EmittedOf<typeof paymentFacts>>

/** The intermediary was asked, and this was its word. */
export const checked = (settlement: Settlement): Happening => {
  const { state } = settlement
  if (state === 'settled') {
    const { transaction_id, paid_at, amount } = settlement
    return { type: 'Checked', checked: { state, transaction_id, paid_at, amount } }
  }
  const nothing = { transaction_id: null, paid_at: null, amount: null }
  return { type: 'Checked', checked: { state, ...nothing } }
}

/** The intermediary reported this by itself. */
export const reported = ({ settlement, isRepeated = false }: ReportedSettlement): Happening => {
  if (isRepeated) return checked(settlement)
  if (settlement.state === 'settled') {
    const { transaction_id, paid_at, amount } = settlement
    return { type: 'Settled', settled: { transaction_id, paid_at, amount } }
  }
  if (settlement.state === 'cancelled') {
    return { type: 'Cancelled', cancelled: { reason: 'the intermediary reported it' } }
  }
  return checked(settlement)
}
