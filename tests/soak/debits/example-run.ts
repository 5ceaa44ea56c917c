import { type Asked, type Kind, newAsked, type Try, type Wish } from '#tests/soak/debits/asked'
import { Booked } from '#tests/soak/debits/booked'
import { judge, type Run } from '#tests/soak/debits/judge'
import type { Shown } from '#tests/soak/debits/judge-accounts'
import { textOf } from '#tests/soak/debits/money'

export const account = 'account-of-a-test'
export const beganMs = 1_000_000
const currency = 'BRL'

const wishes: Readonly<Partial<Record<Kind, Pick<Wish, 'path' | 'booking'>>>> = {
  OpenAccount: { path: '/v1/accounts', booking: 1 },
  Debit: { path: '/v1/debits', booking: -1 },
  Credit: { path: '/v1/credits', booking: 1 },
  Authorise: { path: '/v1/authorisations', booking: 0 },
}

/** What a decision on an account comes to, minor units. */
interface Effect {
  readonly booked?: number
  readonly held?: number
  readonly type?: string
  readonly original_id?: string
}

export const tried = (status: number | undefined, text: string, more: Partial<Try> = {}): Try => ({
  ...{ sentMs: beganMs, tookMs: 20, status, text, ...more },
})

/** One account, opened with 100.00, and what becomes of it; every promise is kept but for what a test breaks. */
export class PlayedDebits {
  readonly asked: Asked[] = []
  readonly records: { readonly topic: string; readonly value: Record<string, unknown> }[] = []
  posted = 0
  held = 0
  #sequence = 0
  #offset = 0

  constructor() {
    this.approved('OpenAccount', 'opening', 10_000)
  }

  /** A request that nobody was answered about yet. */
  wish(kind: Kind, id: string, more: Partial<Wish> = {}): Asked {
    const asked = newAsked({
      ...{ id, kind, account, currency, body: {}, isForestalled: false },
      ...wishes[kind]!,
      ...more,
    })
    this.asked.push(asked)
    return asked
  }

  /** A request that was approved, and told so. */
  approved(kind: Kind, id: string, amount: number): Asked {
    const asked = this.wish(kind, id)
    const held = kind === 'Authorise' ? amount : 0
    asked.tries.push(this.approval(id, amount, held))
    this.decide(id, { booked: asked.booking * amount, held })
    return asked
  }

  /** The answer that approves a request now. */
  approval(id: string, amount: number, held = 0): Try {
    const text = (minorUnits: number) => textOf(minorUnits, currency)
    return tried(
      200,
      JSON.stringify({
        ...{ request_id: id, code: '00', amount: text(amount) },
        ...{ before: { held: text(this.held) }, after: { held: text(this.held + held) } },
      }),
    )
  }

  /** What the topics say of a decision that changed something. */
  decide(request_id: string, effect: Effect): void {
    const { booked = 0, held = 0, type = 'Debit', original_id = null } = effect
    const before = { posted: this.posted, held: this.held }
    this.posted += booked
    this.held += held
    const after = { posted: this.posted, held: this.held }
    const origin = { origin_partition: 0, origin_offset: this.#offset++ }
    const of = { account_id: account, request_id, currency, ...origin }
    const decision = { ...of, type, original_id, hold_id: null, before, after }
    this.records.push({ topic: 'debits.decisions', value: { is_repeat: false, decision } })
    if (booked === 0) return
    const side = (isOwed: boolean) => ({
      ledger_account: isOwed ? '2.0.0.0.01' : '1.0.0.0.01',
      nature: isOwed === booked > 0 ? 'Credit' : 'Debit',
      amount: Math.abs(booked),
    })
    const postings = [side(true), side(false)]
    const sequence = ++this.#sequence
    const line = { ...of, sequence, amount: booked, balance: this.posted }
    this.records.push({ topic: 'ledger.entries', value: { ...of, postings } })
    this.records.push({ topic: 'statements.entries', value: line })
  }

  /** The last record of a topic, to be altered. */
  last(topic: string): Record<string, unknown> {
    return this.records.findLast((record) => record.topic === topic)!.value
  }

  judged(more: Partial<Run> = {}, shown: Partial<Shown> = {}): string[] {
    const booked = new Booked()
    for (const [offset, { topic, value }] of this.records.entries()) {
      const place = { topic, partition: 0, offset, timestamp: beganMs, key: account, headers: {} }
      booked.note({ ...place, bytes: null, value })
    }
    const { lines, entries } = booked.of(account)
    const owed = entries.reduce((total, entry) => total + entry.owed, 0)
    const all = { booked: this.posted, held: this.held, lines, entries: entries.length, owed }
    return judge({
      asked: this.asked,
      booked,
      shown: new Map([[account, { ...all, ...shown }]]),
      ...{ strikes: [], verified: [], answerMsMax: 4_000 },
      ...more,
    })
  }
}

/** What a try was told. */
export const told = {
  late: tried(504, '{"code":"68","reason":"late"}'),
  unowned: tried(503, '{"code":"91","reason":"no-owner"}'),
  broken: tried(undefined, 'fetch failed: ECONNREFUSED'),
  declined: tried(409, '{"code":"51","reason":"insufficient-funds"}'),
  reused: tried(422, '{"code":"30","reason":"id-reused"}'),
}
