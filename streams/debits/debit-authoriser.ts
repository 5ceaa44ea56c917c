import { defineProcessor, to, wakeAt } from '#core/processor'
import type { DebitRequest } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { ledgerEntryOf } from '#streams/debits/books'
import { changedRows, foundRows } from '#streams/debits/debit-rows'
import { decide } from '#streams/debits/decide'
import type { Decided } from '#streams/debits/decided'
import { forgottenIds } from '#streams/debits/forgotten-ids'
import type { DebitSettings } from '#streams/debits/known'
import { assertUsableIds } from '#streams/debits/request-ids'

/**
 * Decides alone what becomes of the requests of an account, one after the other, so that no lock is needed: the
 * decision, both sides of the entry in the books, the line of the statement and what is kept are one transaction. A
 * request that comes again gets its first decision. Its timers end the holds that nobody posts.
 */
export const debitAuthoriserWith = (settings: DebitSettings) =>
  defineProcessor({
    name: 'debit-authoriser',
    input: topics.debits,
    outputs: [
      topics.debitDecisions,
      topics.ledgerEntries,
      topics.statementEntries,
      topics.debitCards,
    ],
    state: topics.debitRows,
    orderBy: ({ account_id }) => account_id,
    // Two owners of an account would each take what is there.
    ownsKeys: true,
    timers: true,

    handle(request, { state, now, sentBackAt = now, position }) {
      assertUsableIds(request)
      // Meanwhile it may have been asked again, its deadline passed, a hold run out: as of then it would be taken twice.
      const nowMs = sentBackAt.getTime()
      const moment = { eventId: request.event_id, nowMs, ...position, settings }
      const found = foundRows(state, request, moment)
      const decided = decide(found.known, request, moment)
      return [
        ...told(decided, request),
        ...changedRows(decided, request, found, moment),
        ...forgottenIds(state, moment),
      ]
    },
  })

function told(decided: Decided, { account_id, request_id, event_id }: DebitRequest) {
  const { decision, isRepeat, postings, statement, card, wakeAtMs } = decided
  if (!decision) return []
  const event = { account_id, request_event_id: event_id, is_repeat: isRepeat, decision }
  return [
    to(topics.debitDecisions, event),
    ...(postings ? [to(topics.ledgerEntries, ledgerEntryOf(decision, postings))] : []),
    ...(statement ? [to(topics.statementEntries, statement)] : []),
    ...(card ? [to(topics.debitCards, card)] : []),
    ...(wakeAtMs === undefined ? [] : [holdDueAt(wakeAtMs, account_id, request_id)]),
  ]
}

const holdDueAt = (requested_at: number, account_id: string, hold_id: string) =>
  wakeAt(new Date(requested_at), {
    account_id,
    request_id: `due/${hold_id}`,
    fingerprint: '',
    requested_at,
    deadline_at: 0,
    type: 'HoldDue' as const,
    hold_due: { hold_id },
  })
