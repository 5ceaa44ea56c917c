import { randomUUID } from 'node:crypto'
import type { DebitDecided, DebitDecision, DebitRequest } from '#schemas/generated/types'
import { blockOf } from '#schemas/variants'

/** What becomes of an event: members of its decision, or nothing at all. */
type Script = (event: DebitRequest) => (Partial<DebitDecision> & { isRepeat?: boolean }) | undefined

/** `debits` and `debits.decisions` without a broker: what is appended is decided as the script says, a turn later. */
export interface ExampleLog {
  /** What was appended, in order. */
  readonly appended: DebitRequest[]
  readonly append: (event: DebitRequest) => Promise<void>
  /** Called with what is decided. */
  onDecided: (decided: readonly DebitDecided[]) => void
  /** From now on requests are decided so; approved where absent. */
  script: Script
  /** From now on appending ends so. */
  fails: (() => Error) | undefined
}

const approved: Script = () => ({})

export function exampleLog(): ExampleLog {
  const log: ExampleLog = {
    appended: [],
    script: approved,
    fails: undefined,
    onDecided: () => undefined,
    async append(event) {
      log.appended.push(event)
      const failure = log.fails?.()
      if (failure) throw failure
      const decision = log.script(event)
      if (decision) setImmediate(() => log.onDecided([decidedOf(event, decision, log.appended)]))
    },
  }
  return log
}

/** The decision of an event: approved, unless members say otherwise. */
export function decidedOf(
  event: DebitRequest,
  { isRepeat = false, ...members }: ReturnType<Script> & object = {},
  before: readonly DebitRequest[] = [],
): DebitDecided {
  const block = (event as unknown as Record<string, Record<string, unknown>>)[blockOf(event.type)]
  const asked = Number(block?.['amount'] ?? 0)
  const decision: DebitDecision = {
    account_id: event.account_id,
    request_id: event.request_id,
    type: event.type,
    code: '00',
    reason: 'approved',
    asked,
    amount: asked,
    currency: (block?.['currency'] as string | undefined) ?? 'BRL',
    before: { posted: 100_000, held: 0 },
    after: { posted: 100_000 - asked, held: 0 },
    card_id: null,
    card_display: null,
    branch: 123,
    number: 45_678,
    hold_id: null,
    hold_left: null,
    original_id: null,
    decided_at: 1_764_450_000_500,
    origin_partition: 0,
    origin_offset: before.indexOf(event),
    ...members,
  }
  return {
    account_id: event.account_id,
    request_event_id: event.event_id,
    is_repeat: isRepeat,
    decision,
    event_id: randomUUID(),
    event_version: '1.0',
    event_created_at: '2026-11-29T22:00:00+01:00',
    app_id: 'debit-authoriser:0.1.0',
  }
}
