import type { AccountBalance, DebitDecision } from '#schemas/generated/types'
import { formatMinorUnits } from '#schemas/values/minor-units'

const balanceMembers = ({ posted, held }: AccountBalance, currency: string) => ({
  booked: formatMinorUnits(posted, currency),
  held: formatMinorUnits(held, currency),
  available: formatMinorUnits(posted - held, currency),
})

/**
 * A decision as our own routes tell it, amounts as decimal text. Of the decision alone, so that it reads the same each
 * time it is told.
 */
export function decisionMembers(decision: DebitDecision): Readonly<Record<string, unknown>> {
  const { currency, asked, amount, before, after, hold_left } = decision
  const text = (minorUnits: number) => formatMinorUnits(minorUnits, currency)
  return present({
    request_id: decision.request_id,
    request_type: decision.type,
    account_id: decision.account_id,
    code: decision.code,
    reason: decision.reason,
    currency: currency === '' ? null : currency,
    asked: text(asked),
    amount: text(amount),
    before: balanceMembers(before, currency),
    after: balanceMembers(after, currency),
    card_display: decision.card_display,
    authorisation_id: decision.hold_id,
    authorisation_left: hold_left === null ? null : text(hold_left),
    original_id: decision.original_id,
    decided_at: new Date(decision.decided_at).toISOString(),
  })
}

const present = (members: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null))
