/** Of the bindings that say what Kafka needs to know. */
export const bindingVersion = '0.5.0'

/** A topic as the broker should have it. */
export const bindingsOf = (config: Readonly<Record<string, string>>, partitions?: number) => {
  const { 'cleanup.policy': policy = 'delete', 'message.timestamp.type': _, ...limits } = config
  const numbers = Object.entries(limits).map(([name, value]) => [name, Number(value)])
  return {
    ...(partitions === undefined ? {} : { partitions }),
    topicConfiguration: {
      'cleanup.policy': policy.split(','),
      ...(Object.fromEntries(numbers) as Readonly<Record<string, number>>),
    },
    bindingVersion,
  }
}

const header = (description: string) => ({ type: 'string', description })

/** What stands in the headers of records that units write. */
export const headersSchema = {
  type: 'object',
  properties: {
    'correlation-id': header('The story: the same in every record that came of one'),
    'causation-id': header('The event that this one came of, or the place of its record'),
    'corrente-unit': header('The unit that wrote it'),
    'corrente-origin': header('Where the story began: topic/partition/offset'),
    'corrente-lookups': header('Versions of what was looked up for it'),
    traceparent: header('W3C trace context, where traces are on'),
  },
}

export const sampleHeaders = {
  'correlation-id': '5f0c7a52-2a0d-4c55-9a3e-000000000001',
  'causation-id': '5f0c7a52-2a0d-4c55-9a3e-000000000002',
  'corrente-unit': 'payment-intake',
  'corrente-origin': 'applications/0/7',
}
