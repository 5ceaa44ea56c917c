import { hash } from 'node:crypto'
import { codecOf } from '#schemas/codec'
import type { DebitDecision } from '#schemas/generated/types'

const codec = codecOf('corrente.debits.DebitDecision')

/** 48 bits of a digest: a number takes a third of the memory that a text does, and there is one for each decision. */
const digestOf = (decision: DebitDecision): number =>
  Number.parseInt(hash('sha256', codec.encode(decision), 'hex').slice(0, 12), 16)

/** The decisions of one partition, as they were first told: by digest, under where their requests lie. */
export class FirstDecisions {
  readonly #digests = new Map<number, number>()

  note(decision: DebitDecision): void {
    this.#digests.set(decision.origin_offset, digestOf(decision))
  }

  /** Whether this is what was told first, byte for byte. */
  has(decision: DebitDecision): boolean {
    return this.#digests.get(decision.origin_offset) === digestOf(decision)
  }
}
