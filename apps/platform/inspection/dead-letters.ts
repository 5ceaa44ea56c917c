import { describedTopic } from '#apps/platform/inspection/described-topic'
import { existingPartitionsIn, type LogAccess, wholeOf } from '#apps/platform/inspection/log-access'
import { deadLetterTopic } from '#core/dead-letter'
import { type DeadLetter, deadLetterOf, type Decision } from '#core/redrive'
import type { InputRecord } from '#core/records'
import type { Wire } from '#core/wire'
import { redrives } from '#schemas/engine/redrives'
import type { Redrive } from '#schemas/generated/types'

/** The place of a dead letter: its unit, and partition and offset on `<unit>.dlq`. */
interface LetterPlace {
  readonly unit: string
  readonly partition: number
  readonly offset: number
}

const keyOf = ({ unit, partition, offset }: LetterPlace) => `${unit}/${partition}/${offset}`
const placeIn = ({ unit, record: { partition, offset } }: DeadLetter) => ({
  unit,
  partition,
  offset,
})

/** What was decided on dead letters, the last word on each. */
export class Decisions {
  readonly #byLetter = new Map<string, Decision>()

  note({ unit, partition, offset, action, at, operator, reason }: Redrive): void {
    const key = keyOf({ unit, partition, offset })
    const before = this.#byLetter.get(key)?.redrives ?? 0
    const redrives = action === 'redriven' ? before + 1 : before
    this.#byLetter.set(key, { action, at, operator, reason, redrives })
  }

  of(letter: DeadLetter): Decision | undefined {
    return this.#byLetter.get(keyOf(placeIn(letter)))
  }
}

/** The decision in a record of `corrente.redrives`; undefined where it cannot be read: then nothing was decided. */
export function decisionIn(wire: Wire, { value, key }: InputRecord): Redrive | undefined {
  try {
    const decoded = wire.decode(redrives, value, key)
    return decoded.kind === 'value' ? (decoded.value as Redrive) : undefined
  } catch {
    return undefined
  }
}

/** All decisions there are now. */
export async function readDecisions(log: LogAccess): Promise<Decisions> {
  const decisions = new Decisions()
  for await (const records of wholeOf(log, await existingPartitionsIn(log, redrives.name))) {
    await log.wire.prepareRead(records.map(({ value }) => value))
    for (const record of records) {
      const decision = decisionIn(log.wire, record)
      if (decision) decisions.note(decision)
    }
  }
  return decisions
}

/** A dead letter, and whose it is. */
export type ReadLetter = DeadLetter & {
  /** The public body that its original names; undefined where it names none, cannot be decoded or was not asked for. */
  readonly tenant?: string | undefined
}

/** All dead letters of a unit there are now, batch by batch, in order within a partition. */
export async function* readDeadLetters(
  log: LogAccess,
  unit: string,
  { areTenantsRead = false } = {},
): AsyncGenerator<readonly ReadLetter[]> {
  const { wire } = log
  const topic = deadLetterTopic(unit)
  for await (const records of wholeOf(log, await existingPartitionsIn(log, topic))) {
    const letters = records.map((record) => deadLetterOf(unit, record))
    if (areTenantsRead) {
      await wire.prepareRead(records.map(({ value }) => value))
      yield letters.map((letter) => ({ ...letter, tenant: tenantOf(wire, letter) }))
    } else yield letters
  }
}

/** The public body that the original of a letter names, its writer's schema known; undefined where it says none. */
export function tenantOf(wire: Wire, { origin, record }: DeadLetter): string | undefined {
  // By the topic it was first read from: its unit may be gone.
  const topic = describedTopic(origin.topic)
  if (!topic || record.value === null) return undefined
  try {
    const decoded = wire.decode(topic, record.value, record.key)
    if (decoded.kind !== 'value') return undefined
    const { tenant_id } = decoded.value as { readonly tenant_id?: unknown }
    return typeof tenant_id === 'string' && tenant_id !== '' ? tenant_id : undefined
  } catch {
    return undefined
  }
}
