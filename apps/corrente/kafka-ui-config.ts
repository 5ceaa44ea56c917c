import type { MaskedFields } from '#apps/corrente/masked-fields'

/** The cluster as Kafka UI reaches it. */
export interface KafkaUiCluster {
  readonly brokers: string
  readonly registry: string
  readonly ksqldb: string
}

/** What stands in the place of a value that is masked. */
const replacement = '***'

const escaped = (topic: string) => topic.replaceAll('.', '\\.')

/**
 * The configuration of Kafka UI: one cluster, which it may look at and not change, and what it shows of nobody. A pattern
 * has to match the whole name of a topic. Text in YAML.
 */
export function kafkaUiYaml(
  { brokers, registry, ksqldb }: KafkaUiCluster,
  masked: readonly MaskedFields[],
): string {
  const rules = masked.map(
    ({ topics, fields }) => `        - type: REPLACE
          replacement: '${replacement}'
          topicValuesPattern: '${topics.map(escaped).join('|')}'
          fields: [${fields.join(', ')}]
`,
  )
  return `# Made by \`corrente kafka-ui config\` from the data classes of the schemas; a test holds that it is up to date.
kafka:
  clusters:
    - name: corrente
      bootstrapServers: ${brokers}
      schemaRegistry: ${registry}
      ksqldbServer: ${ksqldb}
      readOnly: true
      masking:
${rules.join('')}`
}
