import type { Emission, Wake } from '#core/processor'
import type {
  ExportCurrent,
  ExportFact,
  ExportNotify,
  ExportRow,
  ExportTerms,
  PdfJob,
} from '#schemas/generated/types'
import type { Unstamped } from '#schemas/topic'
import * as topics from '#schemas/topics'
import { isLegalStep } from '#streams/exports/export-lifecycle'
import { keepExport } from '#streams/exports/keep-export'
import type { Told } from '#streams/exports/kept-export'

export const contentKey = 'a41f0b6c8d3e4f1f9a7b2c5d6e8f0a1b'
export const requestIds = [
  '11111111-1111-4111-8111-111111111111',
  '22222222-2222-4222-8222-222222222222',
] as const

export const termsOf = (changes: Partial<ExportTerms> = {}): ExportTerms => ({
  tenant_id: 'tenant-a',
  source: 'csv',
  batch_id: 'lote-2026-01',
  filter: null,
  data_version: 'v1',
  output: 'PDF',
  template: 'receipt@1',
  language: 'es-CO',
  tolerated_failures: 0,
  tolerated_percent: 0,
  lifetime_minutes: 240,
  ...changes,
})

type Without<Fact> = Fact extends unknown
  ? Omit<Fact, 'content_key' | 'export_id' | 'occurred_at'>
  : never
export type SaidOf = Without<Unstamped<ExportFact>>

export const requestedBy = (request: number, terms: Partial<ExportTerms> = {}): SaidOf => ({
  type: 'Requested',
  requested: {
    request_id: requestIds[request]!,
    requested_by: 'user-7',
    terms: termsOf(terms),
    is_to_be_told: false,
  },
})

/** The same, of which somebody is to be told what comes of it. */
export const toldTo = (request: number, terms: Partial<ExportTerms> = {}): SaidOf => {
  const said = requestedBy(request, terms)
  if (said.type !== 'Requested') return said
  return { ...said, requested: { ...said.requested, is_to_be_told: true } }
}

/** Who is told, in a request. */
export const notifyOf = (changes: Partial<ExportNotify> = {}): ExportNotify => ({
  email: 'ada@body.example',
  webhook: 'archive',
  language: 'es-CO',
  page: 'https://exports.example/exports/11111111-1111-4111-8111-111111111111',
  ...changes,
})

export const givenUpBy = (request: number): SaidOf => ({
  type: 'CancelRequested',
  cancel_requested: { request_id: requestIds[request]!, cancelled_by: 'user-7' },
})

const fileOf = (key: string) => ({ key, bytes: 700, sha256: 'c0ffee' })
export const csvFile = fileOf('exports/movements.csv')
export const archive = fileOf('exports/archive.zip')
export const extracted: SaidOf = {
  type: 'Extracted',
  extracted: { ...csvFile, as_of: '2026-01-15T10:00:00+01:00' },
}
export const packed: SaidOf = { type: 'Packed', packed: archive }
export const planKey = 'exports/plan.json'

const chunkOf = (number: number) => ({
  number,
  first_record: number * 10,
  first_line: 2 + number * 10,
  records: 10,
  from_byte: 20 + number * 100,
  to_byte: 120 + number * 100,
})
export const chunksFoundOf = (count: number): SaidOf => ({
  type: 'ChunksFound',
  chunks_found: { chunks: Array.from({ length: count }, (_, number) => chunkOf(number)) },
})
export const splitInto = (chunks: number): SaidOf => ({
  type: 'Split',
  split: { records: chunks * 10, chunks, plan_key: planKey },
})
export const chunkRenderedOf = (number: number, failed = 0): SaidOf => ({
  type: 'ChunkRendered',
  chunk_rendered: {
    number,
    rendered: 10 - failed,
    failed,
    bytes: 9_000,
    first_failure: failed > 0 ? 'no-sign' : null,
  },
})
export const stepFailed: SaidOf = {
  type: 'StepFailed',
  step_failed: { step: 'export-extractor', code: 'no-batch', message: 'there is no such batch' },
}

/** A keeper that is told one fact after the other, with what it keeps and what it says. */
export class Story {
  #rows = new Map<string, ExportRow>()
  readonly current = new Map<string, ExportCurrent>()
  readonly requests = new Map<string, string>()
  wakes: Wake[] = []
  #now = new Date('2026-01-15T09:00:00Z')

  /** What it says to others of the fact, by topic. */
  told(...facts: readonly SaidOf[]): readonly Emission[] {
    return facts.flatMap((said) => this.#told(said))
  }

  later(ms: number): this {
    this.#now = new Date(this.#now.getTime() + ms)
    return this
  }

  /** Its time moves to what it asked to be woken for, and it is told. */
  woken(type: ExportFact['type']): readonly Emission[] {
    const at = this.wakes.findIndex(({ value }) => (value as ExportFact).type === type)
    const [wake] = this.wakes.splice(at, 1)
    if (at < 0 || !wake) throw new Error(`it did not ask for ${type}`)
    this.#now = wake.wakeAt
    return this.told({ type } as SaidOf)
  }

  get rowIds(): readonly string[] {
    return [...this.#rows.keys()].sort()
  }

  get only(): ExportCurrent {
    const [first, ...others] = this.current.values()
    if (!first || others.length > 0) throw new Error(`${this.current.size} exports are seen`)
    return first
  }

  #told(said: SaidOf): readonly Emission[] {
    const newest = [...this.current.keys()].at(-1)
    const export_id = said.type === 'Requested' ? said.requested.request_id : newest
    const about = { content_key: contentKey, export_id, occurred_at: '2026-01-15T10:00:00+01:00' }
    const told = keepExport({ ...about, ...said } as ExportFact, {
      rows: this.#rows,
      now: this.#now,
    })
    return told.flatMap((one) => this.#forOthers(one))
  }

  #forOthers(one: Told[number]): readonly Emission[] {
    if ('wakeAt' in one) this.wakes.push(one)
    else if (one.topic === topics.exportRows.name) this.#set(this.#rows, one)
    else if (one.topic === topics.exportsCurrent.name) this.#see(one)
    else if (one.topic === topics.exportsRequested.name) this.#set(this.requests, one)
    else return [one]
    return []
  }

  #see(one: Emission): void {
    const before = this.current.get(one.key)?.state ?? 'PENDING'
    const next = (one.value as ExportCurrent | null)?.state
    if (next !== undefined && next !== before && !isLegalStep(before, next)) {
      throw new Error(`${next} does not follow ${before}`)
    }
    this.#set(this.current, one)
  }

  #set(rows: Map<string, unknown>, { key, value }: Emission): void {
    if (value === null) rows.delete(key)
    else rows.set(key, value)
  }
}

export const topicsOf = (told: readonly Emission[]) => told.map(({ topic }) => topic)
export const chunksOf = (told: readonly Emission[]) =>
  told.map(({ value }) => (value as PdfJob).chunk.number)
