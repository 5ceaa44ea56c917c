import type { Log } from '#core/log'
import type { Metrics } from '#core/metrics'
import type { Position } from '#core/records'

interface Telling {
  readonly unit: string
  readonly log: Log
  readonly metrics: Pick<Metrics, 'restoreRecords' | 'restoreRemaining'>
  /** Told how far it is, and `undefined` once it is done. */
  readonly onRestoring: (note: string | undefined) => void
}

/** Where each partition is read from, and up to where. */
export interface Stretch {
  readonly from: Position
  readonly to: number
}

const tellMs = 5_000
const number = new Intl.NumberFormat('en')

/** Tells how far the restore of a unit's rows has come. Offsets are counted: markers and gaps make it "about". */
export class RestoreProgress {
  readonly #telling: Telling
  readonly #left = new Map<string, { at: number; readonly to: number }>()
  readonly #total: number
  readonly #beganMs = performance.now()
  #toldMs = performance.now()
  #read = 0

  constructor(telling: Telling, stretches: readonly Stretch[]) {
    this.#telling = telling
    for (const { from, to } of stretches) {
      this.#left.set(`${from.topic}/${from.partition}`, { at: from.offset, to })
    }
    this.#total = this.#remaining()
    const { unit, log } = telling
    log.info({ unit, partitions: stretches.length, about: this.#total }, 'state restore begins')
    this.#show()
  }

  get read(): number {
    return this.#read
  }

  /** Records came; `positions` are behind the last of each partition among them. */
  passed(records: number, positions: Iterable<Position>): void {
    this.#read += records
    for (const { topic, partition, offset } of positions) {
      const left = this.#left.get(`${topic}/${partition}`)
      if (left) left.at = offset
    }
    this.#telling.metrics.restoreRecords.inc({ unit: this.#telling.unit }, records)
    this.#show()
    if (performance.now() - this.#toldMs < tellMs) return
    this.#toldMs = performance.now()
    this.#tell('state is being restored')
  }

  /** All that was there has been read. */
  done(): void {
    this.#left.clear()
    this.#tell('state restored')
    this.end()
  }

  /** Nothing is told any more, whether it is done or was given up. */
  end(): void {
    this.#telling.metrics.restoreRemaining.set({ unit: this.#telling.unit }, 0)
    this.#telling.onRestoring(undefined)
  }

  #remaining(): number {
    let sum = 0
    for (const { at, to } of this.#left.values()) sum += Math.max(0, to - at)
    return sum
  }

  #show(): void {
    const { unit, metrics, onRestoring } = this.#telling
    metrics.restoreRemaining.set({ unit }, this.#remaining())
    const [read, total] = [number.format(this.#read), number.format(this.#total)]
    onRestoring(`restores its state: ${read} of about ${total} records`)
  }

  #tell(event: string): void {
    const { unit, log } = this.#telling
    const seconds = (performance.now() - this.#beganMs) / 1_000
    const perSecond = Math.round(this.#read / Math.max(seconds, 0.001))
    const read = this.#read
    log.info({ unit, read, about: this.#total, remaining: this.#remaining(), perSecond }, event)
  }
}
