import { type StateRows, remove } from '#core/processor'
import type { DebitRow } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { forgottenRange } from '#streams/debits/id-buckets'
import type { Moment } from '#streams/debits/known'

/** One record in so many removes rows of ids, twice as many at most: what is left gets less. */
const forgetEvery = 256
/** Spreads numbers evenly over 32 bits (Knuth's multiplicative hash). */
const spread = 0x9e3779b1

// Where each record is a transaction of its own every second offset is a marker, so that no remainder serves.
const isTurn = (offset: number): boolean => Math.imul(offset, spread) >>> 0 < 2 ** 32 / forgetEvery

/** Removes some rows of ids that nobody asks for any more, at some offsets; a look at the rows has its price. */
export function forgottenIds(
  rows: StateRows<DebitRow>,
  { offset, nowMs, settings }: Omit<Moment, 'eventId'>,
) {
  if (!isTurn(offset)) return []
  const range = { ...forgottenRange(nowMs, settings.idWindowMs), limit: 2 * forgetEvery }
  return Array.from(rows.range(range), ([key]) => remove(topics.debitRows, key))
}
