import { tryLater } from '#apps/platform/problem'

/** Somebody who follows an export. */
export interface Listener {
  /** Whether the row of a key is one it is told of. */
  readonly isAbout: (key: string) => boolean
  /** Some of these rows have changed. */
  readonly look: () => void
  /** This process ends. */
  readonly end: () => void
}

/** Everybody who follows an export, and no more than so many. */
export class Listeners {
  readonly #max: number
  readonly #all = new Set<Listener>()
  #isClosed = false

  constructor(max: number) {
    this.#max = max
  }

  get count(): number {
    return this.#all.size
  }

  /** Returns what ends it. Problem 503 where there are as many already, or this process ends. */
  add(listener: Listener): () => void {
    if (this.#isClosed) throw tryLater('this process is being stopped')
    if (this.#all.size >= this.#max) throw tryLater('too many follow exports here at present')
    this.#all.add(listener)
    return () => void this.#all.delete(listener)
  }

  changed(keys: readonly string[]): void {
    for (const listener of this.#all) if (keys.some(listener.isAbout)) listener.look()
  }

  /** Whoever follows an export is let go, and nobody else comes. */
  close(): void {
    this.#isClosed = true
    for (const { end } of this.#all) end()
  }
}
