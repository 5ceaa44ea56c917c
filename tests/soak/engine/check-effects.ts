import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { keyNumberOf } from '#tests/bench/engine/bench-events'
import type { EffectWord } from '#tests/soak/engine/effects'
import { type Found, Violations } from '#tests/soak/engine/scenario'

/** Judges what a task did outside, by the account the outside kept. */
export class EffectsCheck {
  readonly #keys: number
  readonly #isDone: Uint8Array
  readonly #order = new Violations()
  readonly #counts: Record<EffectWord, number> = { begun: 0, done: 0, lost: 0, failed: 0, away: 0 }

  constructor({ sent, keys }: { readonly sent: number; readonly keys: number }) {
    this.#keys = keys
    this.#isDone = new Uint8Array(sent)
  }

  add(line: string): void {
    const [word, , , text] = line.split(' ') as [EffectWord, string, string, string]
    const sequence = Number(text)
    this.#counts[word] += 1
    if (word === 'done') this.#isDone[sequence] = 1
    // A call for an event means that the one before it, of the same key, has passed: perhaps in another process.
    const before = sequence - this.#keys
    if (before < 0 || this.#isDone[before] || word !== 'begun') return
    this.#order.add(
      `event ${sequence} of key ${keyNumberOf(sequence, this.#keys)} was begun before ${before} was done`,
    )
  }

  get counts(): Readonly<Record<EffectWord, number>> {
    return this.#counts
  }

  found(unit: string): readonly Found[] {
    const missing = this.#isDone.reduce((sum, isDone) => sum + (isDone ? 0 : 1), 0)
    const violations =
      missing === 0
        ? []
        : [`${missing} events had no effect, the first is ${this.#isDone.indexOf(0)}`]
    return [
      { promise: `${unit}: each effect at least once`, violations },
      {
        promise: `${unit}: no effect begins before the one before it, of its orderBy, has passed`,
        violations: this.#order.list(),
      },
    ]
  }
}

/** Each line of a file, in order. */
export async function eachLine(path: string, onLine: (line: string) => void): Promise<void> {
  for await (const line of createInterface({ input: createReadStream(path) })) onLine(line)
}
