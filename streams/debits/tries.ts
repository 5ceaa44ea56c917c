import type { DebitDecision, KeptRequest } from '#schemas/generated/types'
import { isApproved } from '#streams/debits/reasons'

/** Of more tries than these nothing is noted, and what was approved stands, whoever was too late. */
const triesMax = 64

type Tries = Pick<KeptRequest, 'event_id' | 'told' | 'late'>

/** Nobody asked again, nobody was too late, nothing was given back. */
export const untried = { reversed: 0, told: [], late: [] } as const

/** The request with one more try that is told what was approved; undefined where nothing is to be noted. */
export function withTold(
  kept: KeptRequest,
  decision: DebitDecision,
  eventId: KeptRequest['told'][number],
): KeptRequest | undefined {
  if (!isApproved(decision.code) || !isUndoneLate(decision.type)) return undefined
  if (kept.event_id === eventId || kept.told.includes(eventId) || isFullOf(kept)) return undefined
  return { ...kept, told: [...kept.told, eventId] }
}

/** The request with one more try that was told to be too late. */
export const withLate = (kept: KeptRequest, eventId: KeptRequest['late'][number]): KeptRequest =>
  kept.late.includes(eventId) || isFullOf(kept) ? kept : { ...kept, late: [...kept.late, eventId] }

/** Whether nobody is left who was told what was decided. */
export const areAllLate = ({ event_id, told, late }: Tries): boolean =>
  !isFullOf({ told, late }) &&
  event_id !== null &&
  [event_id, ...told].every((eventId) => late.includes(eventId))

const isFullOf = ({ told, late }: Pick<Tries, 'told' | 'late'>): boolean =>
  isFull(told.length) || isFull(late.length)

/** Whether so many tries were told, or so many late, that none more is noted. */
export const isFull = (tries: number): boolean => tries >= triesMax

const undone: readonly string[] = ['Debit', 'Authorise', 'Increment', 'Post']

/** Whether a request of this type is undone where its answer comes too late. */
export const isUndoneLate = (type: string): boolean => undone.includes(type)
