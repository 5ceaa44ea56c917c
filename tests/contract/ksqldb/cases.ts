import { readFileSync } from 'node:fs'

/** A record to write before a case; text is written as it is, an object as the topic's Avro. */
export interface Write {
  readonly topic: string
  readonly key: string | number
  readonly value: string | Readonly<Record<string, unknown>> | null
  /** As its key says where absent. */
  readonly partition?: number
  /** Milliseconds; now where absent. */
  readonly timestamp?: number
}

/** What of an answer is compared; a member that is absent is not looked at. */
export interface Observation {
  readonly status: number
  readonly contentType?: string
  readonly allow?: string
  readonly location?: string
  readonly error?: Readonly<Record<string, unknown>>
  readonly entities?: readonly Readonly<Record<string, unknown>>[]
  readonly schema?: string
  readonly columnNames?: readonly string[]
  readonly columnTypes?: readonly string[]
  /** Each row's values, letter by letter. */
  readonly rows?: readonly string[]
  /** The whole answer, its query's number apart. */
  readonly text?: string
  readonly body?: unknown
}

/** A request that a ksqlDB server was sent, and what was observed. */
export interface Case {
  readonly name: string
  readonly method?: 'GET'
  readonly path: string
  readonly http?: 2
  readonly accept?: string
  readonly body?: string | Readonly<Record<string, unknown>>
  readonly writes?: readonly Write[]
  /** Where the stand-in says no: it is outside of what it answers, or the server is wrong. */
  readonly standIn?: string
  readonly expect: Observation
}

/** In the order they were observed in: each goes on from what the ones before have made. */
export const sections = [
  'server',
  'empty-server',
  'create',
  'describe',
  'statements',
  'drop',
  'http',
  'pull',
  'properties',
  'where',
  'types',
  'freshness',
  'keys-and-case',
] as const

export const casesOf = (section: (typeof sections)[number]): readonly Case[] =>
  JSON.parse(readFileSync(new URL(`cases/${section}.json`, import.meta.url), 'utf8')) as Case[]
