import type { DebitDecision } from '#schemas/generated/types'
import { isApproved } from '#streams/debits/reasons'

/** What is added to the balances of an account, minor units. */
export interface Change {
  readonly posted: number
  readonly held: number
}

const nothing: Change = { posted: 0, held: 0 }

/**
 * What a decision of this type and amount may have done. There is more than one answer where it does not say it all:
 * what a reversal undid, whether a post was the final one. `leftBefore` is what lay on its hold; none where undefined.
 */
export function changesOf(
  decision: DebitDecision,
  leftBefore: number | undefined,
): readonly Change[] {
  const { type, code, amount } = decision
  if (!isApproved(code)) return [nothing]
  switch (type) {
    case 'OpenAccount':
    case 'Credit':
    case 'Refund':
      return [{ posted: amount, held: 0 }]
    case 'Debit':
      return [{ posted: -amount, held: 0 }]
    case 'Authorise':
    case 'Increment':
      return [{ posted: 0, held: amount }]
    case 'Void':
    case 'HoldDue':
      return [{ posted: 0, held: -amount }]
    case 'Post':
      return [{ posted: -amount, held: (decision.hold_left ?? 0) - (leftBefore ?? 0) }]
    case 'Reverse':
      return [
        { posted: amount, held: 0 },
        { posted: 0, held: -amount },
      ]
    case 'AddCard':
    case 'ChangeStatus':
      return [nothing]
    default:
      return []
  }
}

/** What may be left of the hold that an approved decision is about; none where there is none, or it has no such hold. */
export function holdsLeftBy(
  { type, amount, before, after }: DebitDecision,
  leftBefore: number | undefined,
): readonly (number | null)[] {
  if (type === 'Authorise') return leftBefore === undefined ? [amount] : []
  const isUndone = type === 'Reverse' && after.held !== before.held
  if (leftBefore === undefined) return isUndone || isOfHold(type) ? [] : [null]
  switch (type) {
    case 'Increment':
      return [leftBefore + amount]
    case 'Post':
      return [Math.max(0, leftBefore - amount), 0]
    case 'Void':
    case 'HoldDue':
      return [0]
    default:
      return [isUndone ? leftBefore - amount : leftBefore]
  }
}

const isOfHold = (type: string): boolean => ['Increment', 'Post', 'Void', 'HoldDue'].includes(type)
