import type { UnitLag } from '#apps/platform/inspection/unit-lags'

/** What the log looked like at one moment. */
export interface Sample {
  /** Milliseconds since the epoch. */
  readonly atMs: number
  readonly units: readonly UnitLag[]
  /** Behind the last record of each topic, over its partitions. */
  readonly ends: ReadonlyMap<string, number>
}

/** Between two samples, milliseconds. */
export const sampleEveryMs = 5_000
/** A minute of them. */
export const samplesMax = 13
/** A partition that does not move for so long while records wait is stuck, milliseconds. */
export const stuckMs = 55_000
/** Nobody runs a unit that had no process for so long, milliseconds. */
export const unmannedMs = 14_000

/** The samples of the last minute, and what they show together. */
export class Samples {
  readonly #kept: Sample[] = []

  add(sample: Sample): void {
    this.#kept.push(sample)
    if (this.#kept.length > samplesMax) this.#kept.shift()
  }

  get latest(): Sample | undefined {
    return this.#kept.at(-1)
  }

  /** Offsets written to a topic each second; undefined with one sample only. */
  writtenPerSecond(topic: string): number | undefined {
    return this.#perSecond((sample) => sample.ends.get(topic))
  }

  /** Offsets a unit commits each second; undefined with one sample only. */
  handledPerSecond(unit: string): number | undefined {
    return this.#perSecond((sample) =>
      unitIn(sample, unit)?.partitions.reduce((sum, { committed = 0 }) => sum + committed, 0),
    )
  }

  /** Partitions with records that wait, whose unit has committed nothing in them for a minute though it runs. */
  stuckPartitions(unit: string): number {
    const [now, before] = [this.latest, this.#kept[0]]
    if (!now || !before || now.atMs - before.atMs < stuckMs) return 0
    if (!this.#kept.every((sample) => (unitIn(sample, unit)?.members ?? 0) > 0)) return 0
    const former = unitIn(before, unit)?.partitions ?? []
    const isSame = ({ topic, partition, committed }: UnitLag['partitions'][number]) =>
      former.some(
        (one) =>
          one.topic === topic &&
          one.partition === partition &&
          one.committed === committed &&
          one.lag > 0,
      )
    return unitIn(now, unit)!.partitions.filter((one) => one.lag > 0 && isSame(one)).length
  }

  /** Whether records wait for a unit that no process has run for some samples. */
  isUnmanned(unit: string): boolean {
    const now = this.latest
    const last = this.#kept.filter(({ atMs }) => now && now.atMs - atMs <= unmannedMs)
    const isLong = now && last[0] && now.atMs - last[0].atMs >= unmannedMs - sampleEveryMs
    if (!isLong || (unitIn(now, unit)?.lag ?? 0) === 0) return false
    return last.every((sample) => unitIn(sample, unit)?.members === 0)
  }

  #perSecond(countIn: (sample: Sample) => number | undefined): number | undefined {
    const [now, before] = [this.latest, this.#kept[0]]
    if (!now || !before || now === before) return undefined
    const [last, first] = [countIn(now), countIn(before)]
    if (last === undefined || first === undefined) return undefined
    return Math.max(0, last - first) / ((now.atMs - before.atMs) / 1_000)
  }
}

const unitIn = ({ units }: Sample, unit: string): UnitLag | undefined =>
  units.find((one) => one.unit === unit)
