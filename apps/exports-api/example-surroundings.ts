import { randomUUID } from 'node:crypto'
import type { ExportsPorts } from '#apps/exports-api/desk'
import { AskedExports } from '#apps/exports-api/known/asked-exports'
import { Listeners } from '#apps/exports-api/known/listeners'
import { NotedRows } from '#apps/exports-api/known/noted-rows'
import { RejectedError } from '#core/errors'
import { MemoryRows } from '#core/memory-rows'
import type { Publisher } from '#core/publisher'
import type { Movements } from '#ports/movements'
import type { ObjectLink } from '#ports/object-store'
import type { ExportCurrent, ExportRequest } from '#schemas/generated/types'
import type { AnyTopic } from '#schemas/topic'
import { exportsCurrent, exportsRequested } from '#schemas/topics'
import { formatDateTime } from '#schemas/values/date-time'
import { contentKeyOf } from '#streams/exports/content-key'
import { exampleObjects } from '#streams/exports/example-objects'
import { termsOf } from '#streams/exports/export-samples'

/** The tables, the log and the source of movements, which a test fills, reads and breaks. */
export class ExampleSurroundings {
  /** What was put on the log, in order. */
  readonly asked: ExportRequest[] = []
  readonly links: { readonly key: string; readonly link: ObjectLink }[] = []
  readonly logged: Record<string, unknown>[] = []
  readonly listeners: Listeners
  /** How the source names the state of each of its batches. */
  readonly batches = new Map<string, string | null>([['lote-1', 'v1']])
  /** The store, as far as templates lie in it. */
  readonly templates = exampleObjects().store
  nowMs = Date.parse('2026-11-30T10:00:00Z')
  /** Reading fails so from now on. */
  readingFails: Error | undefined
  /** Writing fails so from now on. */
  writingFails: Error | undefined
  /** Where links lead. */
  objectsAt = 'https://objects.example'
  /** From now on it is as while its tables are being read. */
  isUnread = false
  readonly #known: AskedExports
  readonly #requested = new NotedRows(new MemoryRows(exportsRequested))
  readonly #current = new NotedRows(new MemoryRows(exportsCurrent))

  constructor(listenersMax: number) {
    this.listeners = new Listeners(listenersMax)
    this.#known = new AskedExports(this.now)
  }

  readonly now = () => new Date(this.nowMs)

  readonly ports = (): ExportsPorts | undefined => {
    const refresh = async () => {
      if (this.readingFails) throw this.readingFails
    }
    const tables = {
      asked: this.#known,
      requested: this.#requested,
      current: this.#current,
      refresh,
    }
    const publish = ((_: AnyTopic, value: ExportRequest) => this.#put(value)) as unknown
    return this.isUnread
      ? undefined
      : { tables, publisher: { publish: publish as Publisher['publish'] } }
  }

  /** The source answers no sooner. */
  sourceAnswers: Promise<void> = Promise.resolve()
  /** How often the source was asked. */
  sourceAsked = 0

  readonly ledger: Movements = {
    versionOf: async ({ batchId }) => {
      this.sourceAsked += 1
      await this.sourceAnswers
      const version = this.batches.get(batchId)
      if (version === undefined) throw new RejectedError('no-batch', 'there is no such batch')
      return version
    },
    read: () => Promise.reject(new Error('nobody reads here')),
  }

  /** The keeper has decided a request: it has an export of its own, or one that others have, too. */
  async decide(requestId: string, changes: Partial<ExportCurrent> = {}): Promise<ExportCurrent> {
    const asked = this.#known.get(requestId)
    const terms = asked?.terms ?? termsOf()
    const at = formatDateTime(this.now())
    const current: ExportCurrent = {
      export_id: requestId,
      content_key: contentKeyOf(terms),
      terms,
      state: 'EXTRACTING',
      ...{ records: null, rendered: 0, failed: 0, requested_at: at, rendering_at: null },
      ...{ as_of: null, ready_at: null, expires_at: null, result: null, failure: null },
      updated_at: at,
      ...changes,
    }
    const { export_id } = current
    await this.#write(exportsRequested, requestId, {
      ...{ request_id: requestId, export_id, tenant_id: terms.tenant_id },
      ...{ requested_by: asked?.requested_by ?? 'back', requested_at: at },
    })
    await this.#write(exportsCurrent, export_id, { ...current })
    return current
  }

  /** Nothing is kept of it any more. */
  async forget(requestId: string): Promise<void> {
    await this.#write(exportsRequested, requestId, undefined)
    await this.#write(exportsCurrent, requestId, undefined)
  }

  async #put(value: ExportRequest) {
    if (this.writingFails) throw this.writingFails
    const stamped = {
      ...value,
      event_id: randomUUID(),
      event_created_at: formatDateTime(this.now()),
    }
    this.asked.push(value)
    const row = { value: { ...stamped }, version: '0:0', story: {} }
    this.#known.apply([{ key: value.request_id, row, bytes: Buffer.alloc(0) }])
    this.listeners.changed([value.request_id])
    return { topic: 'export-requests', partition: 0, offset: this.asked.length - 1 }
  }

  async #write(topic: AnyTopic, key: string, value: Record<string, unknown> | undefined) {
    const rows = topic === exportsRequested ? this.#requested : this.#current
    const row = { value: value ?? {}, version: '0:0', story: {} }
    const change = value ? { key, row, bytes: Buffer.alloc(0) } : { key, row: undefined }
    await rows.apply([change])
    this.listeners.changed([key])
  }
}
