import { projectedTable } from '#apps/platform/projection/projected-table'
import type { DebitDecided, DebitDecision } from '#schemas/generated/types'
import { debitDecisions } from '#schemas/topics'

/** A repeat tells the first decision once more: it decided nothing. */
const decisionsOf = ({ is_repeat, decision }: DebitDecided): readonly DebitDecision[] =>
  is_repeat ? [] : [decision]

/**
 * Each record that decided something is a row, so that where it lies is in its key: a dead letter that is sent back more
 * than once is decided each time, under one place in `debits`, where the first decision is not kept (`too-old`).
 */
export const decisions = projectedTable(
  {
    name: 'decisions',
    from: debitDecisions,
    rows: decisionsOf,
  },
  {
    origin_partition: 'integer',
    origin_offset: 'bigint',
    decision_offset: { kind: 'bigint', of: (_, offset) => offset },
    account_id: 'text',
    request_id: 'text',
    type: 'text',
    code: 'text',
    reason: 'text',
    asked: 'bigint',
    amount: 'bigint',
    currency: 'text',
    posted_before: { kind: 'bigint', of: ({ before }) => before.posted },
    held_before: { kind: 'bigint', of: ({ before }) => before.held },
    posted_after: { kind: 'bigint', of: ({ after }) => after.posted },
    held_after: { kind: 'bigint', of: ({ after }) => after.held },
    card_id: 'text',
    card_display: 'text',
    branch: 'integer',
    number: 'bigint',
    hold_id: 'text',
    hold_left: 'bigint',
    original_id: 'text',
    decided_at: 'instant',
  },
)

/** Approved, or approved in part; what was refused has changed nothing, and may be about no account at all. */
const codesOfChanges: readonly string[] = ['00', '10']

/** What lies on each account, as the last decision that could change it left it. */
export const accounts = projectedTable(
  {
    name: 'accounts',
    from: debitDecisions,
    rows: (decided) => decisionsOf(decided).filter(({ code }) => codesOfChanges.includes(code)),
    latestBy: 'account_id',
  },
  {
    account_id: 'text',
    currency: 'text',
    posted: { kind: 'bigint', of: ({ after }) => after.posted },
    held: { kind: 'bigint', of: ({ after }) => after.held },
    branch: 'integer',
    number: 'bigint',
    decided_at: 'instant',
    origin_partition: 'integer',
    origin_offset: 'bigint',
  },
)
