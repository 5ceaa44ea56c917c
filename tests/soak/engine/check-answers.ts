import { type Found, Violations } from '#tests/soak/engine/scenario'

/** Judges whom the processes answered: each record once at most, and only by the one that committed it. */
export class AnswersCheck {
  readonly #violations = new Violations()
  readonly #isAnswered: Uint8Array
  readonly #writerOf: (sequence: number) => string | undefined
  #answers = 0

  /** `writerOf` an event: who wrote its output, `<unit>:<version>`. */
  constructor(sent: number, writerOf: (sequence: number) => string | undefined) {
    this.#isAnswered = new Uint8Array(sent)
    this.#writerOf = writerOf
  }

  add(sequence: number, version: string): void {
    this.#answers += 1
    if (this.#isAnswered[sequence]) this.#violations.add(`event ${sequence} was answered twice`)
    this.#isAnswered[sequence] = 1
    const writer = this.#writerOf(sequence)
    if (writer?.endsWith(`:${version}`)) return
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
