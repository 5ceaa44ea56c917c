import { type LogPlace, type LogWatch, openLogWatch, type SeenRecord } from '#tests/log-watch'
import { watchedTopics } from '#tests/scene'

const stepsWanted = ['CREATION_PENDING', 'PAYMENT_PENDING', 'COMPLETE', 'COMPLETE, told']

/** What is kept of a payment while thousands flow. */
interface KeptPayment {
  application: string | undefined
  readonly steps: string[]
  readonly partitions: Set<number>
  openings: number
  row: string | undefined
}

interface Anomaly {
  readonly kind: string
}
interface Version {
  readonly id: string
  readonly remote_id: string
  readonly status: string
  readonly event_id: string
  readonly links: { readonly notify?: readonly { readonly sent_at: string | null }[] | null }
}

/** What a run of many payments left on the log. */
export interface Judgement {
  /** Sentences; none where every promise was kept. */
  readonly violations: readonly string[]
  readonly counts: Readonly<Record<string, number>>
  /** For each moment given, how long until the next version of a payment was written, milliseconds. */
  readonly takeoversMs: readonly (number | undefined)[]
}

/** Reads a run's topics from their beginning, not through the engine, and judges them. */
export interface Checker {
  readonly watch: LogWatch
  /** Payments of the run that are complete and told of. */
  told(): number
  judge(kills: readonly number[]): Judgement
}

interface Judged {
  readonly applications: ReadonlySet<string>
  /** Epoch milliseconds; dead letters before it are of others. */
  readonly startedAt: number
}

/** Judges the payments of the given applications; each is to be paid by itself, once. */
export async function openChecker(run: Judged & LogPlace): Promise<Checker> {
  const ledger = new Ledger(run)
  const watch = await openLogWatch(run, watchedTopics, (record) => ledger.note(record))
  return { watch, told: () => ledger.told, judge: (kills) => ledger.judge(kills) }
}

/** Notes records as they are read, and judges them in the end. */
export class Ledger {
  told = 0
  readonly #run: Judged
  readonly #payments = new Map<string, KeptPayment>()
  readonly #eventIds = new Set<string>()
  readonly #writtenAt: number[] = []
  readonly #updates = new Map<string, number>()
  readonly #counts: Record<string, number> = {}
  readonly #violations: string[] = []

  constructor(run: Judged) {
    this.#run = run
  }

  note(record: SeenRecord): void {
    if (record.topic.endsWith('.dlq')) return this.#noteDeadLetter(record)
    switch (record.topic) {
      case 'payments':
        return this.#noteVersion(record, record.value as Version | undefined)
      case 'payment.openings':
        return this.#ofRun(record, (kept) => (kept.openings += 1))
      case 'payments.current':
        return this.#ofRun(
          record,
          (kept) => (kept.row = (record.value as { status: string }).status),
        )
      case 'payment.anomalies':
        return this.#ofRun(record, () => this.#noteAnomaly(record))
      case 'application-updates':
        return void this.#updates.set(record.key!, (this.#updates.get(record.key!) ?? 0) + 1)
    }
  }

  judge(kills: readonly number[]): Judgement {
    const violations = [...this.#violations, ...this.#missing()]
    for (const [id, kept] of this.#payments) violations.push(...wrongsOf(id, kept))
    for (const id of this.#run.applications) {
      const updates = this.#updates.get(id) ?? 0
      if (updates !== 1) violations.push(`application ${id} was to be told ${updates} times`)
    }
    const sorted = this.#writtenAt.toSorted((one, other) => one - other)
    return {
      violations,
      counts: { applications: this.#run.applications.size, ...this.#counts },
      takeoversMs: kills.map((at) => {
        const next = sorted.find((timestamp) => timestamp > at)
        return next === undefined ? undefined : next - at
      }),
    }
  }

  #count(what: string) {
    this.#counts[what] = (this.#counts[what] ?? 0) + 1
  }

  #noteDeadLetter({ topic, timestamp, headers }: SeenRecord) {
    if (timestamp < this.#run.startedAt) return
    this.#violations.push(`a dead letter on ${topic}: ${headers['dlq.error']}`)
  }

  #noteAnomaly({ key, value }: SeenRecord) {
    const { kind } = value as Anomaly
    this.#count(`anomalies ${kind}`)
    // A notification is sent again where its answer was lost: told to a person, and no harm.
    if (kind !== 'settled-again') this.#violations.push(`payment ${key}: anomaly ${kind}`)
  }

  /** What nobody can read is a stranger's: of ours a version would be missing. */
  #noteVersion({ partition, timestamp }: SeenRecord, version: Version | undefined) {
    if (!version || !this.#run.applications.has(version.remote_id)) return
    const { id, remote_id, status, links, event_id } = version
    const kept = this.#kept(id)
    kept.application = remote_id
    const isTold = links.notify?.some(({ sent_at }) => sent_at !== null) ?? false
    const step = isTold ? `${status}, told` : status
    if (isTold) this.told += 1
    kept.steps.push(step)
    kept.partitions.add(partition)
    this.#count(step)
    this.#writtenAt.push(timestamp)
    if (this.#eventIds.has(event_id)) this.#violations.push(`event ${event_id} is there twice`)
    this.#eventIds.add(event_id)
  }

  // Another topic may be read ahead of `payments`: what is unknown yet is noted under its id all the same.
  #ofRun({ key, timestamp }: SeenRecord, note: (kept: KeptPayment) => void) {
    if (key === null || timestamp < this.#run.startedAt) return
    note(this.#kept(key))
  }

  #kept(id: string): KeptPayment {
    const kept = this.#payments.get(id) ?? newPayment()
    this.#payments.set(id, kept)
    return kept
  }

  #missing(): string[] {
    const counted = new Map<string | undefined, number>()
    for (const { application } of this.#payments.values()) {
      counted.set(application, (counted.get(application) ?? 0) + 1)
    }
    return [...this.#run.applications].flatMap((id) => {
      const count = counted.get(id) ?? 0
      return count === 1 ? [] : [`application ${id} has ${count} payments`]
    })
  }
}

const newPayment = (): KeptPayment => ({
  application: undefined,
  steps: [],
  partitions: new Set(),
  openings: 0,
  row: undefined,
})

function wrongsOf(id: string, kept: KeptPayment): string[] {
  const { application, steps, partitions, openings, row } = kept
  // A row that an earlier test's payment got late.
  if (application === undefined && openings === 0) return []
  const wrongs = []
  if (steps.join() !== stepsWanted.join()) wrongs.push(`went ${steps.join(' > ')}`)
  if (partitions.size !== 1) wrongs.push(`lies on ${partitions.size} partitions`)
  if (openings !== 1) wrongs.push(`was to be opened ${openings} times`)
  if (row !== 'COMPLETE') wrongs.push(`has the row ${row}`)
  return wrongs.map((wrong) => `payment ${id} ${wrong}`)
}
