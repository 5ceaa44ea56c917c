import { KsqlUnavailable } from '#connectors/ksqldb/errors'

/** One at a time, in the order in which they came; only so many wait. */
export class Queue {
  readonly #waitingMax: number
  readonly #waiting: (() => void)[] = []
  #isTaken = false

  constructor(waitingMax: number) {
    this.#waitingMax = waitingMax
  }

  /** Resolves with what gives the turn on. Throws KsqlUnavailable where too many wait, and the signal's reason. */
  async enter(signal: AbortSignal | undefined): Promise<() => void> {
    signal?.throwIfAborted()
    if (this.#isTaken) await this.#turn(signal)
    this.#isTaken = true
    let isGiven = false
    return () => {
      if (!isGiven) this.#leave()
      isGiven = true
    }
  }

  #leave(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#isTaken = false
  }

  #turn(signal: AbortSignal | undefined): Promise<void> {
    if (this.#waiting.length >= this.#waitingMax) {
      throw new KsqlUnavailable(`${this.#waitingMax} pull queries wait already`, {
        isOfParty: false,
      })
    }
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        this.#waiting.splice(this.#waiting.indexOf(turn), 1)
        reject(signal?.reason as Error)
      }
      const turn = () => {
        signal?.removeEventListener('abort', giveUp)
        resolve()
      }
      this.#waiting.push(turn)
      signal?.addEventListener('abort', giveUp, { once: true })
    })
  }
}
