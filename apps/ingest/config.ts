import { z } from 'zod'
import { Port } from '#apps/platform/port'
import { parsed, SettingsError } from '#apps/platform/settings'
import { BearerTokens, type Token } from '#apps/platform/bearer-tokens'
import type { AnyTopic } from '#schemas/topic'
import * as topics from '#schemas/topics'

export interface IngestSettings {
  readonly port: number
  readonly host: string
  /** What may be written to. */
  readonly topics: readonly AnyTopic[]
  readonly tokens: readonly Token[]
}

const partsOf = (text: string): string[] => text.split(',').map((part) => part.trim())

const Environment = z.object({
  PORT: Port.default(8_002),
  HOST: z.string().default('127.0.0.1'),
  INGEST_TOPICS: z.string().default('applications').transform(partsOf),
  INGEST_TOKENS: BearerTokens,
})

/** Throws SettingsError; there is no token and no open door by default. */
export function ingestSettings(env: Readonly<Record<string, string | undefined>>): IngestSettings {
  const { PORT, HOST, INGEST_TOPICS, INGEST_TOKENS } = parsed(Environment, env)
  return {
    port: PORT,
    host: HOST,
    topics: [...new Set(INGEST_TOPICS)].map(openTopic),
    tokens: INGEST_TOKENS,
  }
}

function openTopic(name: string): AnyTopic {
  const topic = (Object.values(topics) as AnyTopic[]).find((one) => one.name === name)
  if (!topic) throw new SettingsError(`INGEST_TOPICS: there is no topic ${name}`)
  if (topic === topics.payments) {
    throw new SettingsError('INGEST_TOPICS: payments is written by the payment units alone')
  }
  if (topic.kind !== 'shared' && topic.kind !== 'commands') {
    throw new SettingsError(
      `INGEST_TOPICS: ${name} is a topic of ${topic.kind}; only shared ones and commands are taken`,
    )
  }
  return topic
}
