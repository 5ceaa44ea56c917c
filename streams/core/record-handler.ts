import { bugPlace } from '#core/dead-letter'
import { UnitStoppedError } from '#core/first-start'
import { failed, type Outcome, type Surroundings } from '#core/handle-record'
import { type Handled, outputsOf } from '#core/outputs'
import type { Item } from '#core/item'
import { assertPlaced } from '#core/misplaced'
import type { InputRecord, Position } from '#core/records'
import { asFirstRead } from '#core/redriven'
import { releasedBy } from '#core/release'
import { tracedHandling } from '#core/traced-handling'
import type { UnitContext } from '#core/unit'

const bugsInARowMax = 20
/** Of what the unit is not asked about. */
const discarded: Outcome = { emissions: [], isBug: false, attempts: 0, lookedUp: [] }

/** From a record's bytes to the bytes that come of it, for one session of a unit. */
export class RecordHandler {
  readonly #context: UnitContext
  readonly #partitions: number
  #bugsInARow = 0

  /** The input has so many partitions. */
  constructor(context: UnitContext, partitions: number) {
    this.#context = context
    this.#partitions = partitions
  }

  /** A record taken from one of the inputs, read. */
  read(taken: InputRecord): Item {
    const { topic, partition, offset } = taken
    const behind = { topic, partition, offset: offset + 1 }
    if (topic === this.#context.unit.input.name) return this.decode(taken, behind)
    const releases = releasedBy(taken)
    if (releases === undefined) return this.decode(asFirstRead(taken), behind)
    return { record: taken, value: undefined, outcome: discarded, releases, behind }
  }

  /** The value of a record, or the outcome that takes its place: discarded or unreadable; see Item for `behind`. */
  decode(record: InputRecord, behind?: Position): Item {
    const { wire, unit, log } = this.#context
    try {
      const decoded = wire.decode(unit.input, record.value, record.key)
      if (decoded.kind === 'value') {
        assertPlaced(unit, record, decoded.value, this.#partitions)
        return { record, value: decoded.value, outcome: undefined, behind }
      }
      const { topic, partition, offset } = record
      log.debug({ topic, partition, offset, version: decoded.version }, 'event version not read')
      return { record, value: undefined, outcome: discarded, behind }
    } catch (error) {
      const unreadable = { ...failed(error, 0), isBug: false }
      return { record, value: undefined, outcome: unreadable, behind }
    }
  }

  /** One record through a pure unit. */
  handle(item: Item, given: Surroundings): Handled {
    const { unit } = this.#context
    if (unit.kind !== 'processor') throw new Error(`${unit.name} is a task`)
    const outcome = item.outcome ?? tracedHandling(unit, item.record, item.value, given)
    return this.finish(item, outcome, given.now)
  }

  /** Turns an outcome into bytes. Throws UnitStoppedError where the unit fails on everything. */
  finish(item: Item, outcome: Outcome, createdAt: Date): Handled {
    const { unit, wire, appVersion } = this.#context
    const done = outputsOf(item, outcome, { unit, wire, appVersion, createdAt })
    this.#count(done)
    return done
  }

  #count({ item, outcome }: Handled): void {
    const { unit, metrics, log } = this.#context
    this.#bugsInARow = outcome.isBug ? this.#bugsInARow + 1 : 0
    if (!outcome.isBug) return
    const { topic, partition, offset } = item.record
    const error = bugPlace(outcome.cause)
    metrics.errors.inc({ unit: unit.name, origin: 'internal' })
    log.error({ topic, partition, offset, error }, 'bug')
    if (this.#bugsInARow < bugsInARowMax) return
    throw new UnitStoppedError(
      `${unit.name} failed on ${bugsInARowMax} records in a row and stopped before committing them: ${error}`,
    )
  }
}
