import type { OpenRequest } from '#apps/debit-edge/asking/journal'
import { isUndoable, lateIdOf } from '#apps/debit-edge/asking/wanted'
import type { DebitDecided } from '#schemas/generated/types'
import { isApproved } from '#streams/debits/reasons'

/**
 * Tries that were told to be too late, until what gives them back is decided. Where one of them was approved after all,
 * another try of its request that was decided before that is told the same approval, of what will not be there any more.
 */
export class GivenUp {
  /** Requests by the event of the try. */
  readonly #tries = new Map<string, string>()
  /** Requests that were approved by such a try, with its event. */
  readonly #approved = new Map<string, string>()

  /** A try was told to be too late. */
  add(request: OpenRequest): void {
    if (isUndoable(request.type)) this.#tries.set(request.event_id, keyOf(request))
  }

  /** Is told of each decision, in the order of the log. */
  see({ request_event_id, is_repeat, decision }: DebitDecided): void {
    const key = this.#tries.get(request_event_id)
    if (key !== undefined && !is_repeat && isApproved(decision.code)) {
      this.#approved.set(key, request_event_id)
    }
    const eventId = lateIdOf.read(decision.request_id)
    const undone = eventId === undefined ? undefined : this.#tries.get(eventId)
    if (eventId === undefined || undone === undefined) return
    this.#tries.delete(eventId)
    if (this.#approved.get(undone) === eventId) this.#approved.delete(undone)
  }

  /** Whether a decision tells again what is about to be given back. */
  isAbout({ is_repeat, decision }: DebitDecided): boolean {
    return is_repeat && this.#approved.has(keyOf(decision))
  }
}

// No account id has a slash.
const keyOf = ({ account_id, request_id }: Pick<OpenRequest, 'account_id' | 'request_id'>) =>
  `${account_id}/${request_id}`
