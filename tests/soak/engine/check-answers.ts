import { type Found, Violations } from '#tests/soak/engine/scenario'

interface OutputsOf {
  /** Who wrote the output of an event, `<unit>:<version>`. */
  writerOf(sequence: number): string | undefined
  /** Whether the broker had acknowledged it, and forgot. */
  isDoubledByBroker(sequence: number): boolean
  /** Who had written it then. */
  earlierWriterOf(sequence: number): string | undefined
}

/** Judges whom the processes answered: each record once at most, and only by the one that committed it. */
export class AnswersCheck {
  readonly #violations = new Violations()
  readonly #isAnswered: Uint8Array
  readonly #outputs: OutputsOf
  #answers = 0

  constructor(sent: number, outputs: OutputsOf) {
    this.#isAnswered = new Uint8Array(sent)
    this.#outputs = outputs
  }

  add(sequence: number, version: string): void {
    this.#answers += 1
    const timesMax = this.#outputs.isDoubledByBroker(sequence) ? 2 : 1
    if (++this.#isAnswered[sequence]! > timesMax) {
      this.#violations.add(`event ${sequence} was answered more than ${timesMax} times`)
    }
    const writer = this.#outputs.writerOf(sequence)
    const writers = [writer, this.#outputs.earlierWriterOf(sequence)]
    if (writers.some((one) => one?.endsWith(`:${version}`))) return
    this.#violations.add(`${version} answered event ${sequence}, which ${writer ?? 'nobody'} wrote`)
  }

  get answers(): number {
    return this.#answers
  }

  found(unit: string): Found {
    return {
      promise: `${unit}: only who committed a record answers for it, and once`,
      violations: this.#violations.list(),
    }
  }
}
