import { deadLetterTopic } from '#core/dead-letter'
import { recordBytesMax } from '#core/records'
import type { Unit } from '#core/processor'
import { engineTopicsOf } from '#core/unit-topics'
import { redriveTopic } from '#schemas/engine/unit-topics'
import type { AnyTopic, TopicKind } from '#schemas/topic'

/** A topic as it is wanted on the broker. */
export interface PlannedTopic {
  readonly name: string
  readonly kind: TopicKind | 'dead-letters' | 'engine-state' | 'redrive'
  /** A number, or the topic whose actual count is taken over. */
  readonly partitions: number | { readonly as: string }
  readonly config: Readonly<Record<string, string>>
}

const unlimited = '-1'
const oneDayMs = String(24 * 3_600_000)
const sevenDaysMs = String(7 * 24 * 3_600_000)

const cleanup: Record<PlannedTopic['kind'], Readonly<Record<string, string>>> = {
  shared: { 'cleanup.policy': 'delete', 'retention.ms': unlimited },
  events: { 'cleanup.policy': 'delete', 'retention.ms': unlimited },
  facts: { 'cleanup.policy': 'delete', 'retention.ms': unlimited },
  commands: { 'cleanup.policy': 'delete', 'retention.ms': sevenDaysMs },
  telemetry: { 'cleanup.policy': 'delete', 'retention.ms': sevenDaysMs },
  table: { 'cleanup.policy': 'compact', 'delete.retention.ms': sevenDaysMs },
  // A copy of a changelog that is read on after so long could miss removals (`copyAgeMsMax` in `verdict.ts`).
  changelog: { 'cleanup.policy': 'compact', 'delete.retention.ms': oneDayMs },
  'engine-state': { 'cleanup.policy': 'compact', 'delete.retention.ms': oneDayMs },
  redrive: { 'cleanup.policy': 'delete', 'retention.ms': unlimited },
  'dead-letters': { 'cleanup.policy': 'delete', 'retention.ms': unlimited },
}

const configOf = (kind: PlannedTopic['kind']) => ({
  ...cleanup[kind],
  // The broker's clock is the one clock of the platform: a unit's `now` is the time of its input record.
  'message.timestamp.type': 'LogAppendTime',
  'max.message.bytes': String(
    holdsOriginals.has(kind) ? 2 * recordBytesMax : recordBytesMax + 48_576,
  ),
})

/** A whole record, and what is told of it beside. */
const holdsOriginals: ReadonlySet<PlannedTopic['kind']> = new Set([
  'dead-letters',
  'engine-state',
  'redrive',
])

/** Every topic the platform needs: the declared ones, and those the engine keeps for each unit. */
export function topicPlan(topics: readonly AnyTopic[], units: readonly Unit[]): PlannedTopic[] {
  const inputOf = new Map(units.map((unit) => [unit.state?.name, unit.input.name]))
  const declared = topics.map(({ name, kind, partitions, isKept }): PlannedTopic => {
    const input = inputOf.get(name)
    // State lies under the number of the input partition it belongs to.
    const count = kind === 'changelog' && input !== undefined ? { as: input } : partitions
    const kept = isKept ? { 'retention.ms': unlimited } : {}
    return { name, kind, partitions: count, config: { ...configOf(kind), ...kept } }
  })
  const ofUnits = units.flatMap((unit) => {
    const planned = (name: string, kind: PlannedTopic['kind']): PlannedTopic => ({
      name,
      kind,
      partitions: { as: unit.input.name },
      config: configOf(kind),
    })
    return [
      planned(deadLetterTopic(unit.name), 'dead-letters'),
      planned(redriveTopic(unit.name), 'redrive'),
      ...engineTopicsOf(unit).map(({ name }) => planned(name, 'engine-state')),
    ]
  })
  return [...declared, ...ofUnits]
}
