import type { SchemaRegistry } from '@kafkajs/confluent-schema-registry'

type Options = ConstructorParameters<typeof SchemaRegistry>[0]
type Middleware = NonNullable<Options['middlewares']>[number]

const isObject = (text: string | null): boolean => {
  try {
    const json: unknown = JSON.parse(text ?? '')
    return typeof json === 'object' && json !== null
  } catch {
    return false
  }
}

/** Refuses what is no JSON object: a proxy's page says nothing about a schema. */
export const registryAnswers: Middleware = () => ({
  response: async (next) => {
    const answer = await next()
    if (isObject(answer.rawData())) return answer
    const status = answer.status()
    throw Object.assign(new Error('what answers is no schema registry'), { status })
  },
})

/** Whether the registry itself said so: the client words a refusal without a message in its own way. */
export const isExplicit = (error: unknown): boolean =>
  error instanceof Error && !error.message.includes('Error, status')
