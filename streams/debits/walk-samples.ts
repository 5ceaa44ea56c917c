import type { DebitRequest } from '#schemas/generated/types'
import type { Answer } from '#streams/debits/debit-drive'
import {
  addCard,
  authorise,
  changeStatus,
  credit,
  debit,
  eventIdOf,
  hourMs,
  increment,
  nowMs,
  open,
  post,
  refund,
  reverse,
  sampleCard,
  voidHold,
} from '#streams/debits/debit-samples'

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const accounts = ['token-1', 'token-2', 'token-3', 'token-4']
const stepMsMax = 4 * 60_000

/** A record, and when the log has it. */
type Placed = readonly [request: DebitRequest, atMs: number]

/** Requests of every kind on a few accounts over some weeks, sensible or not, and the timers they set. */
export class Walk {
  readonly #random: () => number
  readonly #wakes: { readonly atMs: number; readonly request: DebitRequest }[] = []
  readonly #made: DebitRequest[] = []
  readonly #opened: DebitRequest[] = accounts.map((account_id) => open(1_000, {}, { account_id }))
  #nowMs = nowMs
  #events = 0

  constructor(seed: number) {
    this.#random = randomOf(seed)
  }

  /** Each record is an event of its own, numbered in the order in which they come. */
  next(): Placed {
    const [request, atMs] = this.#next()
    return [{ ...request, event_id: eventIdOf(this.#events++) }, atMs]
  }

  #next(): Placed {
    const opening = this.#opened.pop()
    if (opening) return this.#placed(opening)
    const due = this.#wakes[0]
    if (due && due.atMs <= this.#nowMs) return [this.#wakes.shift()!.request, this.#nowMs]
    this.#nowMs += this.#below(stepMsMax)
    const request = this.#below(12) === 0 ? this.#again() : this.#new()
    return this.#placed(request)
  }

  /** Its timers come when they are due. */
  heard({ outcome }: Answer): void {
    for (const { wakeAt, value } of outcome.wakes ?? []) {
      const sample = this.#made[0]!
      const request = { ...sample, ...(value as DebitRequest) }
      this.#wakes.push({ atMs: wakeAt.getTime(), request })
    }
    this.#wakes.sort((a, b) => a.atMs - b.atMs)
  }

  #placed(request: DebitRequest): Placed {
    this.#made.push({ ...request, event_id: eventIdOf(this.#events) })
    return [request, this.#nowMs]
  }

  #below(limit: number): number {
    return Math.floor(limit * this.#random())
  }

  /** One that was made before: the same, with another body, or too late. */
  #again(): DebitRequest {
    const request = this.#recent()
    return this.#below(4) === 0 ? { ...request, fingerprint: 'of another body' } : request
  }

  #recent(): DebitRequest {
    const among = this.#below(20) === 0 ? this.#made.length : Math.min(60, this.#made.length)
    return this.#made[this.#made.length - 1 - this.#below(among)]!
  }

  #new(): DebitRequest {
    const id = `q${this.#made.length}`
    const about = this.#recent()
    const request = this.#body(id, about)
    const isOnOther = this.#below(4) === 0
    const account_id = isOnOther ? accounts[this.#below(accounts.length)]! : about.account_id
    const deadline_at = this.#below(50) === 0 ? this.#nowMs - 1 : 0
    const requested_at = this.#nowMs - (this.#below(200) === 0 ? 80 * hourMs : 0)
    return { ...request, account_id, deadline_at, requested_at }
  }

  #amount(): number {
    return this.#below(60) === 0
      ? [0, -5, 0.5, 1e15, 2 ** 53][this.#below(5)]!
      : 1 + this.#below(250)
  }

  #body(id: string, about: DebitRequest): DebitRequest {
    const amount = this.#amount()
    const allows_partial = this.#below(5) === 0
    const card_id = this.#below(3) === 0 ? 'token-1' : null
    const hold = about.type === 'Post' ? about.post.hold_id : about.request_id
    const kind = this.#below(100)
    if (kind < 20) return debit(id, amount, { allows_partial, card_id })
    if (kind < 40) return authorise(id, amount, { allows_partial, card_id })
    if (kind < 48) return increment(id, hold, amount)
    if (kind < 65) return post(id, hold, this.#below(120) + 1, { isFinal: this.#below(3) === 0 })
    if (kind < 70) return voidHold(id, hold)
    if (kind < 86) return this.#reversal(id, about)
    if (kind < 94) return credit(id, amount)
    if (kind < 96) return refund(id, amount, about.request_id)
    return kind < 97 ? addCard(id, sampleCard({ card_id: id })) : this.#status(id)
  }

  #reversal(id: string, about: DebitRequest): DebitRequest {
    const isAhead = this.#below(10) === 0
    const original_id = isAhead ? `q${this.#made.length + 1 + this.#below(3)}` : about.request_id
    const amount = this.#below(2) === 0 ? null : this.#amount()
    const late_event_id = this.#below(3) === 0 ? this.#lateEvent(about) : null
    return reverse(id, original_id, { amount, original_requested_at: this.#nowMs, late_event_id })
  }

  /** That of the request, or of another one. */
  #lateEvent(about: DebitRequest): string {
    return (this.#below(5) === 0 ? this.#recent() : about).event_id
  }

  #status(id: string): DebitRequest {
    const isAboutCard = this.#below(3) === 0
    const status = this.#below(3) === 0 ? ('Blocked' as const) : ('Active' as const)
    if (isAboutCard) return changeStatus(id, { card_id: 'token-1', card_status: status })
    return changeStatus(id, { account_status: this.#below(4) === 0 ? 'Closed' : status })
  }
}
