import { existingPartitionsIn, type LogAccess } from '#apps/platform/inspection/log-access'
import { recordsBetween } from '#core/records-between'
import { operations } from '#schemas/engine/operations'
import type { Operation } from '#schemas/generated/types'

/** What an operator did, whole: all its transactions. */
export interface DoneOperation {
  readonly id: string
  /** When its first transaction was written, milliseconds since the epoch, by the broker's clock. */
  readonly atMs: number
  readonly action: string
  readonly operator: string | null
  readonly via: string
  readonly reason: string | null
  readonly unit: string | null
  readonly selection: string
  /** What it was done to: places of dead letters, order keys, a payment id. */
  readonly subjects: readonly string[]
}

/** Operations as their records are read. */
export class OperationLog {
  readonly #byId = new Map<string, DoneOperation & { readonly subjects: string[] }>()

  note(operation: Operation, timestamp: number): void {
    const { operation_id: id, action, operator, via, reason, unit, selection, subjects } = operation
    const known = this.#byId.get(id)
    if (known) return void known.subjects.push(...subjects)
    const told = { action, operator, via, reason, unit, selection, subjects: [...subjects] }
    this.#byId.set(id, { id, atMs: timestamp, ...told })
  }

  /** The one that began first before the others. */
  all(): readonly DoneOperation[] {
    return [...this.#byId.values()]
  }
}

/** What operators did since an instant; all there is where absent. An operation that began before it is told in part. Throws a sentence where the topic is missing. */
export async function readOperations(
  log: LogAccess,
  { sinceMs }: { readonly sinceMs?: number | undefined } = {},
): Promise<readonly DoneOperation[]> {
  const { kafka, wire, offsets } = log
  const partitions = await existingPartitionsIn(log, operations.name)
  const from =
    sinceMs === undefined
      ? await offsets.beginnings(partitions)
      : await offsets.since(partitions, sinceMs)
  const found = new OperationLog()
  for await (const records of recordsBetween(kafka, { from, ends: await offsets.ends(from) })) {
    await wire.prepareRead(records.map(({ value }) => value))
    for (const { value, key, timestamp } of records) {
      const decoded = wire.decode(operations, value, key)
      if (decoded.kind === 'value') found.note(decoded.value as Operation, timestamp)
    }
  }
  return found.all()
}
