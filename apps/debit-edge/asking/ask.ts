import type { Backlog } from '#apps/debit-edge/asking/backlog'
import type { Journal, OpenRequest } from '#apps/debit-edge/asking/journal'
import type { Owners } from '#apps/debit-edge/asking/owners'
import { eventOf, givingBack, type Wanted } from '#apps/debit-edge/asking/wanted'
import { TransientError } from '#core/errors'
import type { Log } from '#core/log'
import type { DebitDecided, DebitRequest } from '#schemas/generated/types'

/** What came of asking. */
export type Told =
  | { readonly kind: 'decided'; readonly decided: DebitDecided }
  /** Nothing by the deadline: what can be undone is being undone. */
  | { readonly kind: 'late' }
  /** Nobody decides on this account at present: nothing was asked. */
  | { readonly kind: 'unowned' }
  /** Others wait for so long that this one would hardly be decided in time: nothing was asked. */
  | { readonly kind: 'busy' }
  /** What is asked could not be noted: nothing was asked. */
  | { readonly kind: 'unnoted' }
  /** The log does not even take what is to be given back: nothing was asked. */
  | { readonly kind: 'away' }

interface AskingOptions {
  readonly journal: Journal
  readonly owners: Pick<Owners, 'isMissing' | 'seen'>
  readonly backlog: Pick<Backlog, 'isTooLong' | 'add' | 'decided'>
  /** Resolves once the log has the event. TransientError: it may have it all the same. */
  readonly append: (event: DebitRequest) => Promise<unknown>
  readonly log: Pick<Log, 'warn' | 'error'>
  /** Told of each request whose answer came too late. */
  readonly onLate?: (type: DebitRequest['type']) => void
  /** First pause before a giving back that Kafka did not take is tried again, milliseconds. */
  readonly retryMs?: number
  /** With so many late requests that the log has not yet taken back no further one is asked. */
  readonly givingBackMax?: number
}

interface Waiting {
  readonly request: OpenRequest
  readonly timer: NodeJS.Timeout
  readonly resolve: (told: Told) => void
  readonly reject: (error: unknown) => void
}

const retryMsMax = 30_000
const late = { kind: 'late' } as const

/** Asks for decisions over the log and waits for them: whoever is answered is answered from one that is committed. */
export class Asking {
  readonly #options: AskingOptions
  /** By event. */
  readonly #waiting = new Map<string, Waiting>()
  #givingBack = 0
  readonly #closing = new AbortController()

  constructor(options: AskingOptions) {
    this.#options = options
  }

  /** How many wait for their decision. */
  get open(): number {
    return this.#waiting.size
  }

  /** How many late requests are not in the log yet as given back. */
  get givingBack(): number {
    return this.#givingBack
  }

  /** Appends a request, to be decided by `deadlineAt` (epoch milliseconds), and tells what came by then. */
  ask(wanted: Wanted, deadlineAt: number): Promise<Told> {
    const { journal, owners, backlog, log, givingBackMax = 1_000 } = this.#options
    if (owners.isMissing(wanted.account_id)) return Promise.resolve({ kind: 'unowned' })
    if (backlog.isTooLong(wanted.account_id)) return Promise.resolve({ kind: 'busy' })
    if (this.#givingBack >= givingBackMax) return Promise.resolve({ kind: 'away' })
    const event = eventOf(wanted, deadlineAt)
    const request = openRequestOf(event)
    try {
      journal.open(request)
    } catch (error) {
      log.error({ reason: (error as Error).message }, 'requests are not taken: the journal fails')
      return Promise.resolve({ kind: 'unnoted' })
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#giveUp(event.event_id), deadlineAt - Date.now())
      this.#waiting.set(event.event_id, { request, timer, resolve, reject })
      this.#append(event).catch((error: unknown) => this.#notAppended(event.event_id, error))
    })
  }

  /** Takes decisions as they come; what nobody here waits for, or no longer, is passed over. */
  take(decided: readonly DebitDecided[]): void {
    const { journal, log, owners, backlog } = this.#options
    const found = decided.filter((one) => this.#waiting.has(one.request_event_id))
    for (const { request_event_id, decision } of decided) {
      owners.seen(decision.origin_partition)
      backlog.decided(request_event_id, decision.origin_partition)
    }
    if (found.length === 0) return
    try {
      journal.close(found.map(({ request_event_id }) => request_event_id))
    } catch (error) {
      // The next process would give back what was answered: so it is not answered, and given back now.
      log.error({ reason: (error as Error).message }, 'answers are not given: the journal fails')
      for (const { request_event_id } of found) this.#giveUp(request_event_id)
      return
    }
    for (const one of found) this.#settle(one.request_event_id)?.resolve(toldOf(one))
  }

  /** Gives back what a former process left open. Everything is on its way to the log when this returns. */
  giveBackLeft(): void {
    for (const request of this.#options.journal.left) this.#giveBack(request)
  }

  /** No more attempts to give back; what is still open is the next process's. */
  close(): void {
    this.#closing.abort()
    for (const { timer, resolve } of this.#waiting.values()) {
      clearTimeout(timer)
      resolve(late)
    }
    this.#waiting.clear()
  }

  #settle(eventId: string): Waiting | undefined {
    const waiting = this.#waiting.get(eventId)
    if (!waiting) return undefined
    clearTimeout(waiting.timer)
    this.#waiting.delete(eventId)
    return waiting
  }

  #giveUp(eventId: string): void {
    const waiting = this.#settle(eventId)
    if (!waiting) return
    const { request, resolve } = waiting
    this.#options.onLate?.(request.type)
    // In the log before whoever waits learns of it: what he asks next comes behind it.
    this.#giveBack(request)
    resolve(late)
  }

  #giveBack(request: OpenRequest): void {
    const { journal, log, retryMs = 500 } = this.#options
    const wanted = givingBack(request)
    const giveBack = async () => {
      if (wanted) await this.#persistently(() => this.#append(eventOf(wanted, 0)), retryMs)
      if (!this.#closing.signal.aborted) journal.close([request.event_id])
    }
    this.#givingBack += 1
    const isLeft = (error: unknown) => {
      const { account_id, request_id } = request
      const reason = (error as Error).message
      log.error({ account_id, request_id, reason }, 'a late request is left for the next process')
    }
    void giveBack()
      .catch(isLeft)
      .finally(() => (this.#givingBack -= 1))
  }

  #append(event: DebitRequest): Promise<unknown> {
    this.#options.backlog.add(event.event_id, event.account_id)
    return this.#options.append(event)
  }

  // Asked twice it is one and the same request: it is given back once.
  async #persistently(attempt: () => Promise<unknown>, firstMs: number): Promise<void> {
    for (let waitMs = firstMs; ; waitMs = Math.min(retryMsMax, 2 * waitMs)) {
      try {
        await attempt()
        return
      } catch (error) {
        if (!(error instanceof TransientError)) throw error
      }
      if (this.#closing.signal.aborted) return
      await new Promise((resolve) => setTimeout(resolve, waitMs).unref())
    }
  }

  #notAppended(eventId: string, error: unknown): void {
    // It may be in the log all the same, and its decision on its way.
    if (error instanceof TransientError) return
    const waiting = this.#settle(eventId)
    if (!waiting) return
    this.#options.journal.close([eventId])
    waiting.reject(error)
  }
}

const openRequestOf = (event: DebitRequest): OpenRequest => {
  const { event_id, account_id, request_id, type, requested_at, deadline_at } = event
  return { event_id, account_id, request_id, type, requested_at, deadline_at }
}

// What is decided as too late is told like what was not decided in time.
const toldOf = (decided: DebitDecided): Told =>
  decided.decision.code === '68' ? late : { kind: 'decided', decided }
