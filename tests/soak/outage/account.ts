import { parkedTopic } from '#schemas/engine/unit-topics'
import type { SeenRecord } from '#tests/log-watch'

export type Party = 'away' | 'other'

/** An application of the run. */
export interface Asked {
  readonly party: Party
  /** When it was due to be published, epoch milliseconds. */
  readonly dueMs: number
}

/** What the log says of a payment. */
export interface KeptPayment {
  application: string | undefined
  tenant: string | undefined
  /** Its states as they follow each other; a version that changes something else adds none. */
  readonly steps: string[]
  /** When an independent reader saw it committed that it can be paid, epoch milliseconds. */
  openedAtMs: number | undefined
  /** At its party: they rise in the order of creation. */
  noticeCode: string | undefined
  /** When it was asked to have it opened, epoch milliseconds, each time. */
  readonly openingsMs: number[]
  /** Whether it was tried in vain, and waits for its delay beside that of its party. */
  wasTried: boolean
}

interface Version {
  readonly id: string
  readonly remote_id: string
  readonly tenant_id: string
  readonly status: string
  readonly payment: { readonly notice_code: string | null }
}

interface Parked {
  readonly order_key: string
  readonly attempts: number
}

export const opener = 'debt-position-opener'
const { name: parked } = parkedTopic(opener)
/** What is read beside the dead letters. */
export const accountTopics = ['payments', 'payment.openings', parked] as const

/** Keeps what records say of the payments of a run. */
export class Account {
  readonly asked = new Map<string, Asked>()
  readonly payments = new Map<string, KeptPayment>()
  readonly deadLetters: string[] = []
  /** Moments of versions that change no state: an open payment was asked about. */
  readonly checkedAtMs: number[] = []
  readonly #opened: Record<Party, Set<string>> = { away: new Set(), other: new Set() }
  readonly #beganMs: number

  /** Dead letters from before it began, epoch milliseconds, are of others. */
  constructor(beganMs: number) {
    this.#beganMs = beganMs
  }

  /** How many applications of a party have a payment that can be paid. */
  opened(party: Party): number {
    return this.#opened[party].size
  }

  /** Whether the application has one. */
  isOpened(application: string): boolean {
    return this.#opened.away.has(application) || this.#opened.other.has(application)
  }

  note(record: SeenRecord, nowMs: number): void {
    const { topic, partition, offset, key, timestamp } = record
    if (topic.endsWith('.dlq')) {
      if (timestamp >= this.#beganMs) this.deadLetters.push(`${topic}@${partition}:${offset}`)
    } else if (topic === 'payments') {
      this.#noteVersion(record.value as Version | undefined, nowMs)
    } else if (topic === 'payment.openings' && key !== null) {
      this.#kept(key).openingsMs.push(timestamp)
    } else if (topic === parked && record.value) {
      const { order_key, attempts } = record.value as Parked
      if (attempts > 0) this.#kept(order_key).wasTried = true
    }
  }

  #noteVersion(version: Version | undefined, nowMs: number): void {
    if (!version) return
    const { id, remote_id, tenant_id, status, payment } = version
    const kept = this.#kept(id)
    kept.application = remote_id
    kept.tenant = tenant_id
    if (kept.steps.at(-1) === status) return void this.checkedAtMs.push(nowMs)
    kept.steps.push(status)
    const asked = this.asked.get(remote_id)
    if (status !== 'PAYMENT_PENDING' || kept.openedAtMs !== undefined || !asked) return
    kept.openedAtMs = nowMs
    kept.noticeCode = payment.notice_code ?? undefined
    this.#opened[asked.party].add(remote_id)
  }

  // Another topic may be read ahead of `payments`.
  #kept(id: string): KeptPayment {
    const known = this.payments.get(id)
    if (known) return known
    const kept: KeptPayment = {
      application: undefined,
      tenant: undefined,
      steps: [],
      openedAtMs: undefined,
      noticeCode: undefined,
      openingsMs: [],
      wasTried: false,
    }
    this.payments.set(id, kept)
    return kept
  }
}
