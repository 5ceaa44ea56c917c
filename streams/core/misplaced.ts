import { RejectedError } from '#core/errors'
import { partitionOf } from '#core/partition-of'
import type { Unit } from '#core/processor'
import type { InputRecord } from '#core/records'

/**
 * Throws RejectedError where the unit says that it owns its keys and the record is not where its own lies: another
 * owner may be deciding of the same key. A writer with another partitioner, or with another key than the topic's.
 */
export function assertPlaced(
  unit: Unit,
  { key, partition }: InputRecord,
  value: unknown,
  partitions: number,
): void {
  if (!unit.ownsKeys) return
  const wanted = unit.input.key(value)
  if (key !== wanted) {
    throw new RejectedError('misplaced', `its key is not its ${unit.input.keyMember}`)
  }
  const place = partitionOf(wanted, partitions)
  if (place === partition) return
  throw new RejectedError(
    'misplaced',
    `its key belongs into partition ${place}: whoever wrote it must use the partitioner murmur2_random`,
  )
}
