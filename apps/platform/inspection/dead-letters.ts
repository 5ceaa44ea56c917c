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
    this.#byLetter.set(keyOf({ unit, partition, offset }), { action, at, operator, reason })
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

/** All dead letters of a unit there are now, batch by batch, in order within a partition. */
export async function* readDeadLetters(
  log: LogAccess,
  unit: string,
): AsyncGenerator<readonly DeadLetter[]> {
  const topic = deadLetterTopic(unit)
  for await (const records of wholeOf(log, await existingPartitionsIn(log, topic))) {
    yield records.map((record) => deadLetterOf(unit, record))
  }
}
