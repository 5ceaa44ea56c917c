import { hash } from 'node:crypto'
import { codecOf } from '#schemas/codec'
import type { DebitDecision, DebitRequest } from '#schemas/generated/types'
import { isApproved } from '#streams/debits/reasons'
import { asLate } from '#streams/debits/reverse'
import { isFull, isUndoneLate } from '#streams/debits/tries'

const codec = codecOf('corrente.debits.DebitDecision')

/** 48 bits of a digest: a number takes a third of the memory that a text does, and there is one for each decision. */
const digestOf = (decision: DebitDecision, eventId = ''): number => {
  const bytes = codec.encode(decision, Buffer.from(eventId))
  return Number.parseInt(hash('sha256', bytes, 'hex').slice(0, 12), 16)
}

const nobody: ReadonlySet<string> = new Set()

const idOf = (accountId: string, requestId: string): string => `${accountId}/${requestId}`

/**
 * The decisions of one partition, as they are told to whoever asks again: the first one, byte for byte, or, where it was
 * undone because its request was told to be late, that it was late. By digest, under where their requests lie.
 */
export class FirstDecisions {
  readonly #digests = new Map<number, number>()
  /** Of what could be undone: how it is told from then on, with the event that was decided. */
  readonly #lateDigests = new Map<number, number>()
  /** The events that reversals named as late, by the id of the request; they are few. */
  readonly #lateEvents = new Map<string, readonly string[]>()
  /** The events of later tries that were told what was approved, likewise. */
  readonly #toldEvents = new Map<string, ReadonlySet<string>>()
  /** Ids of requests of which, at the last reversal, no later try was left that was told so. */
  readonly #abandoned = new Set<string>()

  note({ event_id, ...request }: DebitRequest, decision: DebitDecision): void {
    const { origin_offset, code } = decision
    this.#digests.set(origin_offset, digestOf(decision))
    if (!isApproved(code)) return
    this.#lateDigests.set(origin_offset, digestOf(asLate(decision), event_id))
    if (request.type !== 'Reverse' || request.reverse.late_event_id === null) return
    const { original_id, late_event_id } = request.reverse
    const id = idOf(request.account_id, original_id)
    const late = [...(this.#lateEvents.get(id) ?? []), late_event_id]
    this.#lateEvents.set(id, late)
    const told = this.#toldEvents.get(id) ?? nobody
    if (isFull(told.size) || [...told].some((eventId) => !late.includes(eventId))) {
      this.#abandoned.delete(id)
    } else this.#abandoned.add(id)
  }

  /** One more try was told of a decision. */
  toldAgain(
    { event_id }: DebitRequest,
    { account_id, request_id, code, type }: DebitDecision,
  ): void {
    if (!isApproved(code) || !isUndoneLate(type)) return
    const id = idOf(account_id, request_id)
    this.#toldEvents.set(id, new Set([...(this.#toldEvents.get(id) ?? nobody), event_id]))
  }

  /** Whether this is what is told of its request by now, byte for byte. */
  has(decision: DebitDecision): boolean {
    const late = asLate(decision)
    const wanted = this.#wasUndone(late)
      ? digestOf(late)
      : this.#digests.get(decision.origin_offset)
    return digestOf(decision) === wanted
  }

  // Only where the event is named that was decided, and those of all later tries that were told of it.
  #wasUndone(late: DebitDecision): boolean {
    const { account_id, request_id, origin_offset } = late
    if (!this.#abandoned.has(idOf(account_id, request_id))) return false
    const events = this.#lateEvents.get(idOf(account_id, request_id)) ?? []
    const wanted = this.#lateDigests.get(origin_offset)
    return events.some((eventId) => digestOf(late, eventId) === wanted)
  }
}
