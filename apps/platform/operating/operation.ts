import { randomUUID } from 'node:crypto'
import { existingPartitionsIn, type LogAccess } from '#apps/platform/inspection/log-access'
import type { Operator } from '#apps/platform/operating/operator'
import { stamped } from '#core/envelope'
import type { OutputRecord } from '#core/records'
import { appVersion } from '#core/version'
import type { Wire } from '#core/wire'
import { operations } from '#schemas/engine/operations'
import type { AnyTopic } from '#schemas/topic'
import { formatDateTime } from '#schemas/values/date-time'

/** Something an operator does, as it is kept on `corrente.operations`. */
export interface Operation {
  readonly action: 'redrive' | 'drop' | 'release' | 'retry'
  readonly operator: Operator
  readonly reason: string | null
  /** Whose records they are; null where it is about no unit. */
  readonly unit: string | null
  /** Which were meant, in words. */
  readonly selection: string
}

/** Before an operation that writes to these topics, too. Throws a sentence where what it needs is not there. */
export async function prepareOperation(log: LogAccess, topics: readonly AnyTopic[]): Promise<void> {
  await existingPartitionsIn(log, operations.name)
  await log.wire.prepareWrite([...topics, operations])
}

/**
 * Begins an operation: the function makes the record of one transaction of it, told what was done to in it. To be
 * written in that transaction, after `prepareOperation`.
 */
export function begunOperation(
  wire: Wire,
  { operator: { name: operator, from: via }, ...operation }: Operation,
): (subjects: readonly string[]) => OutputRecord {
  const operation_id = randomUUID()
  return (subjects) => {
    const now = new Date()
    const told = { ...operation, operation_id, operator, via, subjects, at: formatDateTime(now) }
    const stamp = { eventId: randomUUID(), createdAt: now, appId: `corrente:${appVersion}` }
    const value = wire.encode(operations, stamped(operations, told, stamp))
    const headers = { 'correlation-id': operation_id }
    return { topic: operations.name, partition: null, key: operation_id, value, headers }
  }
}
