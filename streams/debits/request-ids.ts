import { RejectedError } from '#core/errors'
import type { KeptRequest } from '#schemas/generated/types'
import type { Request } from '#streams/debits/known'

/** Keys of rows are made of two ids; the store takes keys of 1,978 bytes. */
const idCharactersMax = 255

/** The id of the hold that a request is about: named, to be made, or of the request that is undone. */
export function holdIdOf(request: Request, original: KeptRequest | undefined): string | null {
  switch (request.type) {
    case 'Authorise':
      return request.request_id
    case 'Increment':
      return request.increment.hold_id
    case 'Post':
      return request.post.hold_id
    case 'Void':
      return request.void.hold_id
    case 'HoldDue':
      return request.hold_due.hold_id
    case 'Reverse':
      return original?.decision?.hold_id ?? null
    case 'OpenAccount':
    case 'AddCard':
    case 'ChangeStatus':
    case 'Credit':
    case 'Debit':
    case 'Refund':
      return null
  }
}

/** Throws where an id can be no part of a key. */
export function assertUsableIds(request: Request): void {
  // A timer is the unit's own, and longer than the id it was made of.
  if (request.type === 'HoldDue') return
  const { account_id, request_id } = request
  const isReversal = request.type === 'Reverse'
  const named = isReversal ? request.reverse.original_id : holdIdOf(request, undefined)
  assertLength(account_id)
  assertLength(request_id)
  if (named !== null) assertLength(named)
  // Else the keys of two accounts could be the same.
  if (account_id.includes('/')) throw new RejectedError('unusable-id', 'an account id has a slash')
}

function assertLength({ length }: string): void {
  if (length > 0 && length <= idCharactersMax) return
  throw new RejectedError('unusable-id', `an id has ${length} characters`)
}
