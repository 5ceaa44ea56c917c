import { Gauge, type Registry } from 'prom-client'
import { placeText, type Position, type TopicPartition } from '#core/records'
import type { OffsetSource } from '#core/offset-source'

/** How far one unit has committed in the partitions this process owns. */
export class CommittedPositions {
  readonly #positions = new Map<string, Position>()

  /** The partitions are read from here, or were committed up to here. */
  advance(positions: readonly Position[]): void {
    for (const at of positions) this.#positions.set(placeText(at), at)
  }

  /** The partitions may have another owner. */
  clear(): void {
    this.#positions.clear()
  }

  /** Whether this process owns the partition. */
  has(place: TopicPartition): boolean {
    return this.#positions.has(placeText(place))
  }

  all(): readonly Position[] {
    return [...this.#positions.values()]
  }
}

const answerMsMax = 2_000
const name = 'corrente_lag'

/**
 * Exports `corrente_lag{unit}`: offsets between what is committed and the end of the log, over the partitions this
 * process owns, so that the sum over processes is the group's. Transaction markers count while records come; a unit
 * that has read everything is at 0 some seconds later. Asked when the numbers are collected, one question for all
 * units; without an answer in time there is no number rather than an old one.
 */
export function exportLag(
  registry: Registry,
  offsets: Pick<OffsetSource, 'ends'>,
  units: ReadonlyMap<string, Pick<CommittedPositions, 'all'>>,
): void {
  registry.removeSingleMetric(name)
  const gauge = new Gauge({
    name,
    help: 'Offsets from the committed position to the end of the log, in the partitions this process owns',
    labelNames: ['unit'],
    registers: [registry],
    async collect() {
      gauge.reset()
      for (const [unit, lag] of await lagsOf(offsets, units)) gauge.set({ unit }, lag)
    },
  })
}

async function lagsOf(
  offsets: Pick<OffsetSource, 'ends'>,
  units: ReadonlyMap<string, Pick<CommittedPositions, 'all'>>,
): Promise<ReadonlyMap<string, number>> {
  const owned = [...units].flatMap(([unit, positions]) =>
    positions.all().map((position) => ({ unit, position })),
  )
  const ends = await answered(offsets.ends(owned.map(({ position }) => position)))
  const lags = new Map<string, number>()
  owned.forEach(({ unit, position }, index) => {
    const end = ends[index]?.offset
    if (end === undefined) return
    lags.set(unit, (lags.get(unit) ?? 0) + Math.max(0, end - position.offset))
  })
  return lags
}

/** The ends; none where the broker is silent: who collects numbers must not wait for it. */
async function answered(ends: Promise<readonly Position[]>): Promise<readonly Position[]> {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<readonly Position[]>((resolve) => {
    timer = setTimeout(resolve, answerMsMax, [])
  })
  try {
    return await Promise.race([ends, silence])
  } catch {
    return []
  } finally {
    clearTimeout(timer)
  }
}
