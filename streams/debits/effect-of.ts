import type { KeptAccount } from '#schemas/generated/types'
import { addCard, changeStatus, openAccount } from '#streams/debits/account-requests'
import { statusRefusal } from '#streams/debits/checks'
import { type Effect, refused } from '#streams/debits/effect'
import { authorise, increment, post, voidHold } from '#streams/debits/hold-requests'
import type { Known, Moment, Request, RequestOf } from '#streams/debits/known'
import { credit, debit } from '#streams/debits/money-requests'
import { reverse } from '#streams/debits/reverse'

/** Whatever is asked for; a timer asks for nothing. */
export type Asked = Exclude<Request, RequestOf<'HoldDue'>>

/** What a request does that is new and in time. */
export function effectOf(known: Known, request: Asked, moment: Moment): Effect {
  const { account } = known
  if (request.type === 'OpenAccount') return openAccount(account, request, moment.nowMs)
  if (!account) return refused('no-such-account')
  const refusal = statusRefusal(account, request.type)
  return refusal ? refused(refusal) : onAccount(account, known, request, moment)
}

function onAccount(
  account: KeptAccount,
  known: Known,
  request: Exclude<Asked, RequestOf<'OpenAccount'>>,
  moment: Moment,
): Effect {
  const { hold } = known
  switch (request.type) {
    case 'AddCard':
      return addCard(account, request.add_card)
    case 'ChangeStatus':
      return changeStatus(account, request.change_status)
    case 'Credit':
      return credit(account, request.credit)
    case 'Refund':
      return credit(account, request.refund)
    case 'Debit':
      return debit(account, request.debit, moment.nowMs)
    case 'Authorise':
      return authorise(account, request, hold, moment)
    case 'Increment':
      return increment(account, request.increment, hold, moment.nowMs)
    case 'Post':
      return post(account, request.post, hold, moment)
    case 'Void':
      return voidHold(hold)
    case 'Reverse':
      return reverse(account, known, request)
  }
}
