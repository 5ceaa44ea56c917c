import { expect } from 'vitest'
import { handled, type Outcome } from '#core/handle-record'
import { mergedRows } from '#core/merged-rows'
import type { StateRows } from '#core/processor'
import { SortedRows } from '#core/sorted-rows'
import type {
  DebitDecided,
  DebitRequest,
  LedgerEntry,
  StatementEntry,
} from '#schemas/generated/types'
import type { AnyTopic, EmittedOf, Unstamped } from '#schemas/topic'
import * as topics from '#schemas/topics'
import { debitAuthoriserWith } from '#streams/debits/debit-authoriser'
import { nowMs } from '#streams/debits/debit-samples'
import { type DebitSettings, usualSettings } from '#streams/debits/known'
import { codes, type Reason } from '#streams/debits/reasons'

/** What the authoriser emits for one record. */
export class Answer {
  readonly outcome: Outcome

  constructor(outcome: Outcome) {
    this.outcome = outcome
  }

  all<T extends AnyTopic>({ name }: T): readonly EmittedOf<T>[] {
    const emissions = this.outcome.emissions.filter(({ topic }) => topic === name)
    return emissions.map(({ value }) => value as EmittedOf<T>)
  }

  get decided(): Unstamped<DebitDecided> {
    const [first] = this.all(topics.debitDecisions)
    if (!first) throw new Error('nothing was decided')
    return first
  }

  get decision() {
    return this.decided.decision
  }

  get entry(): Unstamped<LedgerEntry> | undefined {
    return this.all(topics.ledgerEntries)[0]
  }

  get statement(): Unstamped<StatementEntry> | undefined {
    return this.all(topics.statementEntries)[0]
  }

  /** The reason, how much of the request was done, and what lies on the account afterwards. */
  then(reason: Reason, { amount = 0, posted, held = 0 }: Expected): void {
    const { decision } = this
    expect(decision).toMatchObject({ reason, code: codes[reason], amount, after: { posted, held } })
  }

  /** Nobody is told anything, and so many rows go. */
  thenNothing({ rowsRemoved = 0 } = {}): void {
    const { emissions } = this.outcome
    expect(emissions.map(({ value }) => value)).toEqual(Array(rowsRemoved).fill(null))
  }
}

interface Expected {
  readonly amount?: number
  readonly posted: number
  readonly held?: number
}

/** The authoriser with the rows that it wrote so far: records go in one after the other. */
export class Authoriser {
  readonly rows = new SortedRows<unknown>()
  readonly #unit
  #offset = 0

  constructor(settings: Partial<DebitSettings> = {}) {
    this.#unit = debitAuthoriserWith({ ...usualSettings, ...settings })
  }

  /** `sentBackAt`: it was set aside `atMs`, and an operator sends it back then. */
  when(request: DebitRequest, atMs = nowMs, sentBackAt?: number): Answer {
    const { rows } = this
    const state: StateRows<unknown> = {
      get: (key) => rows.get(key),
      range: (range) => mergedRows([rows.range(range)], range),
    }
    const place = { topic: 'debits', partition: 0, offset: this.#offset++ }
    const record = { ...place, key: null, value: null, timestamp: atMs, headers: {}, sentBackAt }
    const outcome = handled(this.#unit, record, request, { state, tables: {}, now: new Date(atMs) })
    if (outcome.cause instanceof Error) throw outcome.cause
    for (const { topic, key, value } of outcome.emissions) {
      if (topic !== topics.debitRows.name) continue
      if (value === null) rows.delete(key)
      else rows.set(key, value)
    }
    return new Answer(outcome)
  }
}

/** An authoriser that has answered these requests, all of them with yes. */
export function given(...requests: readonly DebitRequest[]): Authoriser {
  const authoriser = new Authoriser()
  for (const request of requests) {
    const { code, reason } = authoriser.when(request).decision
    expect(code, `${request.request_id}: ${reason}`).toMatch(/^(00|10)$/)
  }
  return authoriser
}
