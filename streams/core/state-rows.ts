import { noState } from '#core/handle-record'
import type { KeyRange } from '#core/key-range'
import type { StateRows } from '#core/processor'
import type { PartitionState } from '#core/state'
import type { Wire } from '#core/wire'
import type { AnyTopic } from '#schemas/topic'

/** The rows of one table of a partition as values, the way units see them; no rows where there is no state. */
export const stateRows = (
  state: PartitionState | undefined,
  table: AnyTopic | undefined,
  wire: Wire,
): StateRows<unknown> => (state && table ? new DecodedRows(state, table, wire) : noState)

class DecodedRows implements StateRows<unknown> {
  readonly #state: PartitionState
  readonly #table: AnyTopic
  readonly #wire: Wire

  constructor(state: PartitionState, table: AnyTopic, wire: Wire) {
    this.#state = state
    this.#table = table
    this.#wire = wire
  }

  get(key: string): unknown {
    const bytes = this.#state.get(this.#table.name, key)
    return bytes && this.#valueOf(key, bytes)
  }

  *range(range: KeyRange): Generator<readonly [string, unknown]> {
    for (const [key, bytes] of this.#state.range(this.#table.name, range)) {
      yield [key, this.#valueOf(key, bytes)]
    }
  }

  #valueOf(key: string, bytes: Buffer): unknown {
    const decoded = this.#wire.decode(this.#table, bytes, key)
    return decoded.kind === 'value' ? decoded.value : undefined
  }
}
