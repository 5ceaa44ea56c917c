import type { Consumer } from '#core/kafka'

/** Partitions a unit holds back; their records stay on the broker. */
export class Pauses {
  readonly #consumer: Consumer
  readonly #topics: readonly string[]
  readonly #paused = new Set<number>()

  constructor(consumer: Consumer, topics: readonly string[]) {
    this.#consumer = consumer
    this.#topics = topics
  }

  pause(partition: number): void {
    if (this.#paused.has(partition)) return
    this.#consumer.pause(this.#places(partition))
    this.#paused.add(partition)
  }

  resume(partition: number): void {
    if (this.#paused.delete(partition)) this.#consumer.resume(this.#places(partition))
  }

  /** The client remembers a pause beyond the assignment: nobody would ever end it. */
  resumeAll(): void {
    for (const partition of [...this.#paused]) this.resume(partition)
  }

  #places(partition: number) {
    return this.#topics.map((topic) => ({ topic, partition }))
  }
}
