/** Things that were found, and their bytes. */
export interface Tally {
  readonly objects: number
  readonly bytes: number
}

/** What a sweep found, and deleted unless it was only to look. */
export interface Swept {
  /** Of exports that nothing is kept of. */
  readonly unknown: Tally
  /** Of exports whose time is over, that failed or were given up. */
  readonly ended: Tally
  /** Unfinished uploads. */
  readonly uploads: number
  /** Keys that are not those of an export: they are left alone. */
  readonly foreign: number
  /** Whose they were: the first of them. */
  readonly export_ids: readonly string[]
  /** What ended it before its end, a sentence: the next one goes on. Null where it looked at everything. */
  readonly stopped_by: string | null
}

export type Why = 'unknown' | 'ended'

const idsMax = 20
const nothing: Tally = { objects: 0, bytes: 0 }

/** Counts what a sweep finds, in memory that does not grow with it. */
export class SweepTally {
  readonly #tallies: Record<Why, Tally> = { unknown: nothing, ended: nothing }
  readonly #exportIds = new Set<string>()
  #uploads = 0
  #foreign = 0

  object(why: Why, exportId: string, bytes: number): void {
    const { objects, bytes: sum } = this.#tallies[why]
    this.#tallies[why] = { objects: objects + 1, bytes: sum + bytes }
    if (this.#exportIds.size < idsMax) this.#exportIds.add(exportId)
  }

  upload(): void {
    this.#uploads += 1
  }

  foreign(): void {
    this.#foreign += 1
  }

  swept(stoppedBy: string | null): Swept {
    return {
      ...this.#tallies,
      uploads: this.#uploads,
      foreign: this.#foreign,
      export_ids: [...this.#exportIds],
      stopped_by: stoppedBy,
    }
  }
}
