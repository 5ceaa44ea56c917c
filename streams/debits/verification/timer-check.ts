import type { DebitRequest, DebitRow } from '#schemas/generated/types'
import { holdKey } from '#streams/debits/debit-rows'
import type { Violations } from '#streams/debits/verification/violations'

/** A timer that is armed: it ends a hold. */
export interface FoundTimer {
  readonly account_id: string
  readonly hold_id: string
  /** Milliseconds since the epoch. */
  readonly due_at: number
  /** `<topic>@<partition>:<offset>` */
  readonly at: string
}

/** Holds that requests may have placed or ended of which it is not known whether they were decided, by their rows' keys. */
export class UnsettledHolds {
  readonly placed = new Set<string>()
  readonly ended = new Set<string>()

  undecided(request: DebitRequest): void {
    const { account_id, request_id } = request
    if (request.type === 'Authorise') this.placed.add(holdKey(account_id, request_id))
    if (request.type === 'HoldDue') this.ended.add(holdKey(account_id, request.hold_due.hold_id))
  }
}

interface Comparison {
  readonly unsettled: UnsettledHolds
  /** What a row is called in a sentence, by its key. */
  readonly at: (key: string) => string
  readonly violations: Violations
}

/**
 * Each hold that is kept has its timer, at its time, and nothing else has one. The timers may be of later than the holds,
 * as far as `unsettled` goes.
 */
export function compareTimers(
  holds: Iterable<readonly [key: string, row: DebitRow]>,
  timers: Iterable<FoundTimer>,
  { unsettled, at, violations }: Comparison,
): void {
  const armed = new Map<string, FoundTimer[]>()
  for (const timer of timers) {
    const name = timerName(holdKey(timer.account_id, timer.hold_id), timer.due_at)
    armed.set(name, [...(armed.get(name) ?? []), timer])
  }
  for (const [key, row] of holds) {
    if (row.kind !== 'Hold') continue
    const { account_id, expires_at } = row.hold
    if (armed.get(timerName(key, expires_at))?.shift() || unsettled.ended.has(key)) continue
    const what = 'none is armed at its time'
    violations.note({ kind: 'missing-timer', at: at(key), account_id, what })
  }
  for (const { account_id, hold_id, at: place } of [...armed.values()].flat()) {
    if (unsettled.placed.has(holdKey(account_id, hold_id))) continue
    const what = 'of no hold that is kept, or not at its time'
    violations.note({ kind: 'unasked-timer', at: place, account_id, what })
  }
}

const timerName = (key: string, dueMs: number): string => `${dueMs}/${key}`
