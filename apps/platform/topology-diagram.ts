import { edges } from '#apps/platform/edges'
import type { Unit } from '#core/processor'
import type { AnyTopic } from '#schemas/topic'

/** The parties outside, and ingest, whose topics are a setting. */
const outside: readonly string[] = [
  'upstream([upstream systems]) --> applications',
  'upstream --> ingest[[ingest]] --> applications',
  'upstream --> users',
  'ingest --> users',
  'browser([payer]) --> payment-proxy',
  'payments-poller -->|GET links.update| payment-proxy',
  'payments-poller --> others([proxies of others])',
  'debt-position-opener <==>|REST| intermediary([intermediary])',
  'dues-importer <==>|REST| intermediary',
  'payment-proxy <==>|REST| intermediary',
  'intermediary -->|notifies| payment-proxy',
  'application-notifier <==>|REST| core([the Core])',
  'notification-sender -->|SMTP| mail([mail server])',
  'notification-sender -->|signed POST| webhook([webhooks])',
  'terminal([terminals]) <--> debit-edge',
  'debit-projector --> postgres([Postgres])',
  'back-office([back office]) <--> exports-api',
]

const topicShape = ({ name, kind }: AnyTopic) =>
  kind === 'table' ? `${name}[(${name})]` : `${name}>${name}]`

/** The topology as a Mermaid flowchart: topics are flags, tables cylinders, units boxes (tasks round, edges double). */
export function topologyDiagram(units: readonly Unit[]): string {
  const topics = new Map<string, AnyTopic>()
  const lines: string[] = []
  for (const unit of [...units, ...edges]) {
    const looked = Object.values(unit.lookups ?? {})
    const read = 'input' in unit ? [unit.input] : (unit.inputs ?? [])
    for (const topic of [...read, ...unit.outputs, ...looked]) topics.set(topic.name, topic)
    for (const input of read) lines.push(`${input.name} --> ${unit.name}`)
    for (const output of unit.outputs) lines.push(`${unit.name} --> ${output.name}`)
    if ('timers' in unit && unit.timers)
      lines.push(`${unit.name} -.->|wakes itself by| ${unit.input.name}`)
    for (const table of looked) lines.push(`${unit.name} -.->|asks| ${table.name}`)
  }
  const shapes = [
    ...[...topics.values()].map(topicShape),
    ...units.map(({ name, kind }) => (kind === 'task' ? `${name}(${name})` : `${name}[${name}]`)),
    ...edges.map(({ name }) => `${name}[[${name}]]`),
  ]
  const all = [...shapes, ...outside, ...lines]
  return ['flowchart LR', ...all.map((line) => `  ${line}`)].join('\n')
}
