import { accessList } from '#apps/platform/access/access-list'
import type { Grant } from '#apps/platform/access/grant'
import { platformPlan } from '#apps/platform/contracts'
import { declaredUnits } from '#apps/platform/declared-units'
import type { PlannedTopic } from '#core/topic-plan'

const dayMs = 24 * 3_600_000

const ageOf = (ms: string | undefined) =>
  ms === '-1' || ms === undefined ? 'for ever' : `${Number(ms) / dayMs} days`

/** What becomes of records of a topic. */
const keptOf = ({ config }: PlannedTopic) =>
  config['cleanup.policy'] === 'compact'
    ? `the last of each key; a removal ${Number(config['delete.retention.ms']) / dayMs} days`
    : ageOf(config['retention.ms'])

const partitionsOf = ({ partitions }: PlannedTopic) =>
  typeof partitions === 'number' ? String(partitions) : `as \`${partitions.as}\``

const byUnit = ['dead-letters', 'redrive', 'engine-state']
const cells = (row: readonly string[]) => `| ${row.join(' | ')} |`

/** Every declared topic, and one row for each kind that every unit has. */
export function retentionRows(): readonly string[] {
  const plan = platformPlan(declaredUnits)
  const declared = plan
    .filter(({ kind }) => !byUnit.includes(kind))
    .map((topic) => [`\`${topic.name}\``, topic.kind, partitionsOf(topic), keptOf(topic)])
  const endings = [...new Set(plan.filter(({ kind }) => byUnit.includes(kind)).map(endingOf))]
  const ofUnits = endings.map((ending) => {
    const topic = plan.find((one) => byUnit.includes(one.kind) && endingOf(one) === ending)!
    return [`\`<unit>.${ending}\``, topic.kind, 'as its input', keptOf(topic)]
  })
  return [...declared.map(cells).sort(), ...ofUnits.map(cells).sort()]
}

const endingOf = ({ name }: PlannedTopic) => name.split('.').at(-1)!

/** Who may write each topic that is not one unit's alone. */
export function writerRows(): readonly string[] {
  const grants = accessList(declaredUnits)
  const own = ['changelog', ...byUnit]
  const topics = platformPlan(declaredUnits).filter(({ kind }) => !own.includes(kind))
  return topics.map(({ name }) => cells([`\`${name}\``, writersOf(grants, name).join(', ')])).sort()
}

const writersOf = (grants: readonly Grant[], topic: string): readonly string[] => [
  ...new Set(
    grants
      .filter(
        ({ resource, operation, name }) =>
          resource === 'topic' && operation === 'Write' && name === topic,
      )
      .map(({ principal }) => `\`${principal}\``),
  ),
]
