import type { Change } from '#core/rows'
import type { Follower } from '#core/table'
import type { ExportNotify, ExportRequest, ExportTerms } from '#schemas/generated/types'
import { instantOf } from '#schemas/values/date-time'

/** A request as it was put on the log. */
export interface AskedExport {
  readonly request_id: string
  readonly requested_by: string
  readonly requested_at: string
  readonly terms: ExportTerms
  /** Who is told what comes of it. */
  readonly notify: ExportNotify | null
}

/** So long a request is known for itself, milliseconds: what nobody has decided by then is told no longer. */
const askedMsMax = 24 * 3_600_000
const askedMax = 100_000
const sweepMs = 10 * 60_000

/** What was asked for within a day, decided or not. Asked twice under one id, the first counts. */
export class AskedExports implements Follower {
  readonly #asked = new Map<string, AskedExport>()
  readonly #now: () => Date
  #sweepAtMs = 0

  constructor(now: () => Date) {
    this.#now = now
  }

  get(requestId: string): AskedExport | undefined {
    const asked = this.#asked.get(requestId)
    return asked && this.#isRecent(asked.requested_at) ? asked : undefined
  }

  of(tenantId: string): readonly AskedExport[] {
    return [...this.#asked.values()].filter(
      ({ terms, requested_at }) => terms.tenant_id === tenantId && this.#isRecent(requested_at),
    )
  }

  apply(changes: readonly Change[]): void {
    for (const { row } of changes) if (row) this.#note(row.value as unknown as ExportRequest)
    this.#sweep()
  }

  #note(request: ExportRequest): void {
    const { request_id, event_created_at: requested_at } = request
    if (request.type !== 'Create' || this.get(request_id) || !this.#isRecent(requested_at)) return
    // A former one of this id, of another day, would keep its place among the oldest.
    this.#asked.delete(request_id)
    this.#asked.set(request_id, { request_id, requested_at, ...request.create })
  }

  #isRecent(instant: string): boolean {
    return this.#now().getTime() - instantOf(instant) < askedMsMax
  }

  #sweep(): void {
    const nowMs = this.#now().getTime()
    if (nowMs >= this.#sweepAtMs) {
      this.#sweepAtMs = nowMs + sweepMs
      for (const { request_id, requested_at } of this.#asked.values()) {
        if (!this.#isRecent(requested_at)) this.#asked.delete(request_id)
      }
    }
    for (const id of this.#asked.keys()) {
      if (this.#asked.size <= askedMax) break
      this.#asked.delete(id)
    }
  }
}
