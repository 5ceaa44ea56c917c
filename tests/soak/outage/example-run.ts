import type { SeenRecord } from '#tests/log-watch'
import { Account, type Party } from '#tests/soak/outage/account'
import { judge } from '#tests/soak/outage/judge'
import type { Run } from '#tests/soak/outage/judged-run'

export const beganMs = 1_000_000
export const marks = {
  beforeMs: beganMs,
  awayMs: beganMs + 10_000,
  returnedMs: beganMs + 40_000,
  caughtUpMs: beganMs + 45_000,
}
const bounds = { ratioMax: { p50: 1.5, p99: 2 }, overtakenMax: 2, marginMs: 5_000 }
const everyMs = 100
const count = 500

interface Played {
  /** Milliseconds from due to payable, of the other's n-th. */
  readonly latencyMs?: (n: number, dueMs: number) => number
}

/** A run in which the party that is away creates what it is asked for in that order, once it is back. */
export class PlayedRun {
  readonly account = new Account(beganMs)
  readonly #kills: Run['kills'] = [{ what: 'worker', atMs: beganMs + 25_000 }]
  readonly #positions: Record<Party, number> = { away: 0, other: 0 }
  #offset = 0

  constructor({ latencyMs = () => 80 }: Played = {}) {
    for (let n = 0; n < count; n++) {
      const dueMs = beganMs + n * everyMs
      this.pay('other', n, { dueMs, openedAtMs: dueMs + latencyMs(n, dueMs) })
      const isAsked = dueMs >= marks.awayMs && dueMs < marks.returnedMs
      if (isAsked) this.pay('away', n, { dueMs, openedAtMs: marks.returnedMs + n })
    }
  }

  note(topic: string, value: object, more: Partial<SeenRecord> = {}, nowMs = beganMs): void {
    const offset = this.#offset++
    const place = { topic, partition: 0, offset, timestamp: nowMs, key: 'key', headers: {} }
    this.account.note({ ...place, bytes: null, value, ...more }, nowMs)
  }

  version(party: Party, n: number, status: string, nowMs?: number): void {
    const payment = { notice_code: `3${String(n).padStart(17, '0')}` }
    const ids = { id: `${party}-${n}`, remote_id: `application-${party}-${n}`, tenant_id: party }
    this.note('payments', { ...ids, status, payment }, {}, nowMs)
  }

  pay(party: Party, n: number, { dueMs, openedAtMs }: { dueMs: number; openedAtMs: number }): void {
    this.account.asked.set(`application-${party}-${n}`, { party, dueMs })
    this.version(party, n, 'CREATION_PENDING')
    this.note('payment.openings', {}, { key: `${party}-${n}` }, dueMs + 20)
    this.version(party, n, 'PAYMENT_PENDING', openedAtMs)
    this.#positions[party] += 1
  }

  judged(parties: Partial<Record<Party, object>> = {}) {
    const accountOf = (party: Party) => ({
      debt_positions: this.#positions[party],
      creation_requests: this.#positions[party],
      sampled: [1, 1],
      ...parties[party],
    })
    return judge({
      account: this.account,
      parties: { away: accountOf('away'), other: accountOf('other') },
      marks,
      kills: this.#kills,
      bounds,
    })
  }
}
