import { centsOf, keyNumberOf, keyOf, sequenceOf } from '#tests/bench/engine/bench-events'
import type { Seen } from '#tests/soak/engine/read-topic'
import { type Found, Violations } from '#tests/soak/engine/scenario'
import type { UnitKind } from '#tests/soak/engine/soak-units'

/** What the outputs of a unit must come from. */
export interface Expected {
  readonly kind: UnitKind
  /** Events that were sent, 0 up to this number. */
  readonly sent: number
  readonly keys: number
  /** Whether those of one key keep their order; what a clock decides has none. */
  readonly isOrdered?: boolean
  /** Whether the broker left it open what was to become of the record there (`undecided.ts`). */
  readonly isUndecided?: (partition: number, offset: number) => boolean
}

/** Decimal bytes with two digits behind the point, as cents. */
const centsIn = (bytes: unknown): number =>
  Buffer.isBuffer(bytes)
    ? Number(BigInt.asIntN(8 * bytes.length, BigInt(`0x${bytes.toString('hex') || '0'}`)))
    : Number.NaN

/** Judges the committed outputs of one unit, record by record. */
export class OutputsCheck {
  readonly #expected: Expected
  readonly #isSeen: Uint8Array
  readonly #places = new Set<string>()
  readonly #undecided = new Set<number>()
  /** By event, who wrote the output that was left undecided. */
  readonly #brokerDoubles = new Map<number, string>()
  readonly #last: Int32Array
  readonly #counts: Int32Array
  readonly #cents: Float64Array
  /** Which process wrote each, by its number. */
  readonly #writers: string[] = []
  readonly #writerOf = new Map<number, string>()
  #changes = 0
  #distinct = 0
  readonly #once = new Violations()
  readonly #order = new Violations()
  readonly #state = new Violations()

  constructor(expected: Expected) {
    this.#expected = expected
    this.#isSeen = new Uint8Array(expected.sent)
    this.#last = new Int32Array(expected.keys).fill(-1)
    this.#counts = new Int32Array(expected.keys)
    this.#cents = new Float64Array(expected.keys)
  }

  add({ partition, offset, key, value }: Seen): void {
    const { sent, keys, isUndecided } = this.#expected
    const { message, transaction_id, app_id, payment_id } = value ?? {}
    const sequence = sequenceOf(String(message))
    if (!Number.isSafeInteger(sequence) || sequence < 0 || sequence >= sent) {
      return this.#once.add(`an output of ${String(transaction_id)} comes of nothing that was sent`)
    }
    const number = keyNumberOf(sequence, keys)
    if (key !== keyOf(number) || payment_id !== key) {
      this.#once.add(`output of event ${sequence} lies under ${key}, not ${keyOf(number)}`)
    }
    const earlier = this.#writers[sequence]
    this.#writtenBy(partition, sequence, String(app_id))
    const place = String(transaction_id)
    if (this.#isSeen[sequence] && this.#undecided.delete(sequence)) {
      this.#brokerDoubles.set(sequence, String(earlier))
      return
    }
    if (this.#isSeen[sequence]) return this.#once.add(`event ${sequence} has two outputs`)
    if (isUndecided?.(partition, offset)) this.#undecided.add(sequence)
    if (this.#places.has(place)) return this.#once.add(`the input ${place} has two outputs`)
    this.#isSeen[sequence] = 1
    this.#places.add(place)
    this.#distinct += 1
    this.#inOrder(number, sequence)
    if (this.#expected.kind === 'stateful') this.#counted(number, sequence, value!)
  }

  #writtenBy(partition: number, sequence: number, writer: string): void {
    const before = this.#writerOf.get(partition)
    if (before !== undefined && before !== writer) this.#changes += 1
    this.#writerOf.set(partition, writer)
    this.#writers[sequence] = writer
  }

  // Each key has every keys-th event.
  #inOrder(number: number, sequence: number): void {
    const { keys, isOrdered = true } = this.#expected
    const last = this.#last[number]!
    this.#last[number] = sequence
    if (!isOrdered || sequence === (last < 0 ? firstOf(number, keys) : last + keys)) return
    this.#order.add(`event ${sequence} of key ${number} follows event ${last}`)
  }

  #counted(number: number, sequence: number, { connector, amount }: NonNullable<Seen['value']>) {
    this.#counts[number]! += 1
    this.#cents[number]! += centsOf(sequence)
    const [count, cents] = [Number(connector), centsIn(amount)]
    if (count === this.#counts[number] && cents === this.#cents[number]) return
    this.#state.add(
      `event ${sequence} was counted as number ${count} with ${cents} cents; ` +
        `${this.#counts[number]} and ${this.#cents[number]} are right`,
    )
  }

  /** `<unit>:<version>` of the process that wrote the output of an event; undefined where there is none. */
  writerOf(sequence: number): string | undefined {
    return this.#writers[sequence]
  }

  /**
   * An event that was handled again because the broker lost what became of the first time, which it had acknowledged,
   * and then let both be seen. Once: a third output is a violation.
   */
  isDoubledByBroker(sequence: number): boolean {
    return this.#brokerDoubles.has(sequence)
  }

  /** Who wrote the first of two such outputs, and had it acknowledged. */
  earlierWriterOf(sequence: number): string | undefined {
    return this.#brokerDoubles.get(sequence)
  }

  get doubledByBroker(): number {
    return this.#brokerDoubles.size
  }

  get distinct(): number {
    return this.#distinct
  }

  /** How often a partition went on under another process than before. */
  get ownerChanges(): number {
    return this.#changes
  }

  found(unit: string): readonly Found[] {
    const missing = this.#expected.sent - this.#distinct
    if (missing > 0) {
      this.#once.add(`${missing} events have no output, the first is ${this.#isSeen.indexOf(0)}`)
    }
    const { kind, isOrdered = true } = this.#expected
    return [
      { promise: `${unit}: each input exactly once in the output`, violations: this.#once.list() },
      ...(isOrdered
        ? [{ promise: `${unit}: the order of each key`, violations: this.#order.list() }]
        : []),
      ...(kind === 'stateful'
        ? [
            {
              promise: `${unit}: each output saw the state of all inputs before it`,
              violations: this.#state.list(),
            },
          ]
        : []),
    ]
  }
}

const firsts = new Map<number, Int32Array>()
function firstOf(number: number, keys: number): number {
  const known = firsts.get(keys) ?? new Int32Array(keys)
  if (!firsts.has(keys)) {
    for (let sequence = 0; sequence < keys; sequence++)
      known[keyNumberOf(sequence, keys)] = sequence
    firsts.set(keys, known)
  }
  return known[number]!
}
