import type { DebitDecided, DebitDecision } from '#schemas/generated/types'
import {
  addCard,
  authorise,
  changeStatus,
  credit,
  dayMs,
  debit,
  holdDue,
  increment,
  nowMs,
  open,
  post,
  refund,
  reverse,
  sampleCard,
  voidHold,
} from '#streams/debits/debit-samples'
import type { Placed } from '#streams/debits/verification/placed'
import { recorded, type Recording } from '#streams/debits/verification/recording-samples'

const later = nowMs + 8 * dayMs

/** An event that nothing of the day has. */
export const strangeEventId = '00000000-0000-8000-8000-999999999999'

/** Undoes the first try of a request, which was told to be too late. */
const late = (id: string, original_id: string) => (eventOf: (id: string) => string) =>
  reverse(id, original_id, { late_event_id: eventOf(original_id) })

/** A day with something of everything, as it was written. */
export const day = recorded([
  open(1_000),
  debit('d1', 30),
  debit('d1', 30),
  authorise('h1', 200),
  increment('i1', 'h1', 50),
  post('p1', 'h1', 100),
  reverse('v1', 'd1'),
  post('p2', 'h1', 155, { isFinal: true }),
  authorise('h2', 40),
  voidHold('o1', 'h2'),
  authorise('h3', 60),
  authorise('h4', 10),
  reverse('v2', 'h4', { amount: 4 }),
  debit('d2', 5_000),
  debit('d3', 5_000, { allows_partial: true }),
  credit('c1', 500),
  refund('f1', 5),
  addCard('a1', sampleCard({ card_id: 'token-2' })),
  changeStatus('s1', { card_id: 'token-2', card_status: 'Blocked' }),
  debit('d4', 20),
  late('l1', 'd4'),
  debit('d4', 20),
  authorise('h5', 7),
  late('l2', 'h5'),
  authorise('h5', 7),
  reverse('l3', 'd5', { late_event_id: strangeEventId }),
  debit('d5', 8),
  [holdDue('h1'), later],
  [holdDue('h3'), later],
])

/** What was decided of a request of the day first, and where that lies. */
export const decidedOf = (id: string): Placed<DebitDecided> =>
  day.decisions.find(({ value }) => value.decision.request_id === id)!

/** What it lies at. */
export const placeOf = (id: string): string => `debits.decisions@0:${decidedOf(id).offset}`

/** Where the request lies. */
export const requestPlaceOf = (id: string): string =>
  `debits@0:${decidedOf(id).value.decision.origin_offset}`

/** The list with another in the place of one. */
export const changed = <Value>(
  list: readonly Placed<Value>[],
  one: Placed<Value>,
  change: (value: Value) => Value,
): readonly Placed<Value>[] =>
  list.map((other) => (other === one ? { ...one, value: change(one.value) } : other))

/** The list with one more behind another. */
export const after = <Value>(list: readonly Value[], one: Value, more: Value): readonly Value[] =>
  list.flatMap((other) => (other === one ? [other, more] : [other]))

/** The day with one decision told otherwise. */
export const withTold = (id: string, change: (told: DebitDecided) => DebitDecided): Recording => ({
  ...day,
  decisions: changed(day.decisions, decidedOf(id), change),
})

/** The day with members of one decision changed. */
export const withMembers = (id: string, changes: Partial<DebitDecision>): Recording =>
  withTold(id, (told) => ({ ...told, decision: { ...told.decision, ...changes } }))
