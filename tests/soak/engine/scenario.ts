import type { SoakStack } from '#tests/soak/engine/soak-stack'

/** How much a soak does. */
export interface SoakSize {
  /** Records of the scenario of the kills, over all its units; the others take shares of it. */
  readonly records: number
  readonly kills: number
  readonly seed: number
}

/** One promise as it was found. */
export interface Found {
  readonly promise: string
  /** What speaks against it, in sentences; none where it was kept. */
  readonly violations: readonly string[]
}

/** What a scenario did, counted and found. */
export interface Outcome {
  /** What went wrong on purpose, in sentences. */
  readonly done: readonly string[]
  readonly counts: Readonly<Record<string, number | string>>
  readonly found: readonly Found[]
}

/** One way for things to go wrong, and the promises that hold all the same. */
export interface Scenario {
  /** As `--only` names it. */
  readonly name: string
  readonly title: string
  /** Why it cannot be run here; undefined where it can. */
  readonly obstacle?: () => string | undefined
  run(stack: SoakStack, size: SoakSize): Promise<Outcome>
}

/** Sentences about one promise; thousands of the same kind are counted and not kept. */
export class Violations {
  readonly #sentences: string[] = []
  #count = 0

  add(sentence: string): void {
    this.#count += 1
    if (this.#sentences.length < sentencesMax) this.#sentences.push(sentence)
  }

  list(): readonly string[] {
    const more = this.#count - this.#sentences.length
    return more > 0 ? [...this.#sentences, `and ${more} more`] : this.#sentences
  }
}

const sentencesMax = 10
