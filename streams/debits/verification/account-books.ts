import type { DebitDecision } from '#schemas/generated/types'
import { holdKey } from '#streams/debits/debit-rows'
import { isApproved } from '#streams/debits/reasons'
import { changesOf, holdsLeftBy } from '#streams/debits/verification/decision-change'
import type { ViolationKind } from '#streams/debits/verification/violations'

/** An account as its decisions leave it. Minor units. */
export interface BookedAccount {
  readonly currency: string
  readonly posted: number
  readonly held: number
  /** By how much that is more than what lies on its holds: nothing, where all is well. */
  readonly drift: number
}

/** What is wrong with a decision. */
export interface Problem {
  readonly kind: ViolationKind
  readonly what: string
}

const unopened: BookedAccount = { currency: '', posted: 0, held: 0, drift: 0 }

/**
 * Accounts and holds as their decisions make them, one decision after the other. Each is checked against what was
 * there; what is wrong is told, and the decision then taken at its word, so that one mistake is not told for ever.
 */
export class AccountBooks {
  readonly accounts = new Map<string, BookedAccount>()
  /** What is left of each hold whose time is not over, by the key of its row. */
  readonly holds = new Map<string, number>()

  decided(decision: DebitDecision): readonly Problem[] {
    const { account_id, before, after, hold_id } = decision
    const account = this.accounts.get(account_id)
    const known = account ?? unopened
    const key = hold_id === null ? undefined : holdKey(account_id, hold_id)
    const leftBefore = key === undefined ? undefined : this.holds.get(key)
    const problems = [
      ...chainProblems(known, decision),
      ...effectProblems(account, decision, leftBefore),
      ...holdProblems(decision, leftBefore),
    ]
    const leftAfter = this.#keepHold(key, decision, leftBefore)
    // What was held before cancels out: only what this decision makes of the hold changes the difference.
    const drift = known.drift + (after.held - known.held) - (leftAfter - (leftBefore ?? 0))
    if (drift !== known.drift) {
      const what = `the holds of the account add up to ${after.held - drift}, and ${after.held} is held`
      problems.push({ kind: 'wrong-hold', what })
    }
    const isChanged = after.posted !== known.posted || after.held !== known.held
    if (account || isChanged || opens(decision)) {
      const currency = known.currency || decision.currency
      this.accounts.set(account_id, { currency, posted: after.posted, held: after.held, drift })
    }
    return before.posted === after.posted && before.held === after.held
      ? problems
      : [...problems, ...overdraftProblems(decision)]
  }

  /** What is still held of it; nothing where it is not known. */
  leftOf(accountId: string, holdId: string): number {
    return this.holds.get(holdKey(accountId, holdId)) ?? 0
  }

  /** The time of a hold is over of which nothing was left: nobody is told. */
  holdIsOver(accountId: string, holdId: string): void {
    this.holds.delete(holdKey(accountId, holdId))
  }

  #keepHold(
    key: string | undefined,
    { type, code, hold_left }: DebitDecision,
    leftBefore: number | undefined,
  ): number {
    if (key === undefined || !isApproved(code)) return leftBefore ?? 0
    if (type === 'HoldDue') this.holds.delete(key)
    else if (hold_left !== null) this.holds.set(key, hold_left)
    return type === 'HoldDue' ? 0 : (hold_left ?? leftBefore ?? 0)
  }
}

const opens = ({ type, code }: DebitDecision): boolean => type === 'OpenAccount' && isApproved(code)

function chainProblems(known: BookedAccount, { before, currency }: DebitDecision): Problem[] {
  const problems: Problem[] = []
  if (before.posted !== known.posted || before.held !== known.held) {
    const found = `posted ${before.posted} and held ${before.held} before it`
    const what = `${found}, and ${known.posted} and ${known.held} after the last one`
    problems.push({ kind: 'broken-chain', what })
  }
  if (known.currency !== '' && currency !== known.currency) {
    problems.push({
      kind: 'broken-chain',
      what: `in ${currency}, the account in ${known.currency}`,
    })
  }
  return problems
}

function effectProblems(
  account: BookedAccount | undefined,
  decision: DebitDecision,
  leftBefore: number | undefined,
): Problem[] {
  const { type, code, amount, before, after } = decision
  const [posted, held] = [after.posted - before.posted, after.held - before.held]
  const problems: Problem[] = []
  const allowed = changesOf(decision, leftBefore)
  if (!allowed.some((change) => change.posted === posted && change.held === held)) {
    const what = `${type} of ${amount}, code ${code}: posted by ${posted} and held by ${held}`
    problems.push({ kind: 'wrong-effect', what })
  }
  if (isApproved(code) && opens(decision) === (account !== undefined)) {
    const is = account ? 'is open' : 'was never opened'
    problems.push({ kind: 'wrong-effect', what: `${type} approved, and the account ${is}` })
  }
  return problems
}

function holdProblems(decision: DebitDecision, leftBefore: number | undefined): Problem[] {
  const { type, code, hold_left } = decision
  const allowed = isApproved(code) ? holdsLeftBy(decision, leftBefore) : [leftBefore ?? null]
  if (allowed.includes(hold_left)) return []
  const what = `${type}: ${hold_left ?? 'nothing'} left of the hold, ${leftBefore ?? 'no hold'} before it`
  return [{ kind: 'wrong-hold', what }]
}

function overdraftProblems({ after: { posted, held } }: DebitDecision): Problem[] {
  if (held >= 0 && posted - held >= 0) return []
  return [{ kind: 'overdrawn-account', what: `posted ${posted}, held ${held}` }]
}
