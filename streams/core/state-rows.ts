import { noState } from '#core/handle-record'
import type { StateRows } from '#core/processor'
import type { PartitionState } from '#core/state'
import type { Wire } from '#core/wire'
import type { AnyTopic } from '#schemas/topic'

/** The rows of one table of a partition as values, the way units see them; no rows where there is no state. */
export function stateRows(
  state: PartitionState | undefined,
  table: AnyTopic | undefined,
  wire: Wire,
): StateRows<unknown> {
  if (!state || !table) return noState
  const valueOf = (key: string, bytes: Buffer): unknown => {
    const decoded = wire.decode(table, bytes, key)
    return decoded.kind === 'value' ? decoded.value : undefined
  }
  return {
    get(key) {
      const bytes = state.get(table.name, key)
      return bytes && valueOf(key, bytes)
    },
    *range(range) {
      for (const [key, bytes] of state.range(table.name, range)) yield [key, valueOf(key, bytes)]
    },
  }
}
