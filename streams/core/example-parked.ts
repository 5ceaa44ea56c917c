import type { Item } from '#core/item'
import type { ParkedRows } from '#core/lane-entries'
import { recordFrom } from '#core/parked-heads'
import type { ParkedRecord } from '#schemas/generated/types'

/** Parked rows as a unit's state would hold them; the value of a record is its text, and `large` in it is too large for a row. */
export function parkedRows(): ParkedRows & {
  readonly rows: Map<string, ParkedRecord>
} {
  const rows = new Map<string, ParkedRecord>()
  return {
    rows,
    get: (place) => rows.get(place),
    all: () => rows.values(),
    fits: ({ value }) => !String(value).includes('large'),
    itemOf(row): Item {
      const record = recordFrom(row)
      return { record, value: String(record.value) }
    },
  }
}
