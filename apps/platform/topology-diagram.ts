import type { Unit } from '#core/processor'
import type { AnyTopic } from '#schemas/topic'

/** Who touches topics besides the units: the edges of the platform, and the parties outside. */
const edges: readonly string[] = [
  'upstream([upstream systems]) --> applications',
  'upstream --> ingest[[ingest]] --> applications',
  'payment-proxy[[payment-proxy]] --> payment.facts',
  'payment-proxy -.->|asks| payments.current',
  'browser([payer, poller]) --> payment-proxy',
  'debt-position-opener <==>|REST, SOAP| intermediary([intermediary])',
  'intermediary -->|notifies| payment-proxy',
  'application-notifier <==> core([the Core])',
]

const topicShape = ({ name, kind }: AnyTopic) =>
  kind === 'table' ? `${name}[(${name})]` : `${name}>${name}]`

/** The topology as a Mermaid flowchart: topics are flags, tables cylinders, units boxes, tasks rounded. */
export function topologyDiagram(units: readonly Unit[]): string {
  const topics = new Map<string, AnyTopic>()
  const lines: string[] = []
  for (const unit of units) {
    const looked = Object.values(unit.lookups ?? {})
    for (const topic of [unit.input, ...unit.outputs, ...looked]) topics.set(topic.name, topic)
    lines.push(`${unit.input.name} --> ${unit.name}`)
    for (const output of unit.outputs) lines.push(`${unit.name} --> ${output.name}`)
    for (const table of looked) lines.push(`${unit.name} -.->|asks| ${table.name}`)
  }
  const shapes = [
    ...[...topics.values()].map(topicShape),
    ...units.map(({ name, kind }) => (kind === 'task' ? `${name}(${name})` : `${name}[${name}]`)),
  ]
  return ['flowchart LR', ...[...shapes, ...edges, ...lines].map((line) => `  ${line}`)].join('\n')
}
