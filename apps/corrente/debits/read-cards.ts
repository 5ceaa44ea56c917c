import { readValue } from '#apps/corrente/debits/topic-feed'
import type { LogAccess } from '#apps/platform/inspection/log-access'
import type { InputRecord, Position } from '#core/records'
import { recordsBetween } from '#core/records-between'
import { debitCards } from '#schemas/topics'
import type { FoundCard } from '#streams/debits/verification/card-check'
import { placeIn } from '#streams/debits/verification/placed'
import type { Violations } from '#streams/debits/verification/violations'

/** Which account each card draws on, as its topic tells it before the ends. */
export async function readCards(
  { kafka, wire, offsets }: LogAccess,
  ends: readonly Position[],
  violations: Violations,
): Promise<ReadonlyMap<string, FoundCard>> {
  const from = await offsets.beginnings(ends)
  const cards = new Map<string, FoundCard>()
  const keep = ({ key, value, partition, offset }: InputRecord): void => {
    const at = placeIn(debitCards, partition, offset)
    // Whoever looks up a card has its key.
    cards.delete(key ?? '')
    if (value === null) return
    const read = readValue(wire, debitCards, { key, value })
    if (key !== null && 'value' in read) return void cards.set(key, { ...read.value, at })
    const what = 'reason' in read ? read.reason : 'it has no key'
    violations.note({ kind: 'unreadable-record', at, account_id: null, what })
  }
  for await (const records of recordsBetween(kafka, { from, ends, areBare: true })) {
    await wire.prepareRead(records.map(({ value }) => value))
    records.forEach(keep)
  }
  return cards
}
