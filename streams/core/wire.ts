import type { Type } from 'avsc'
import { type SchemaSource, UnusableSchemaError } from '#core/registry'
import { type Codec, codecOf, type Resolver } from '#schemas/codec'
import { majorVersionOf } from '#schemas/event-version'
import type { AnyTopic } from '#schemas/topic'

/** Bytes that are neither the Avro nor the JSON their topic asks for: poison, whoever wrote them. */
export class UndecodableError extends Error {
  override name = 'UndecodableError'
}

/** A decoded record; a version we do not read is discarded, which is no error. */
export type Decoded =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'unsupported'; readonly version: string }

/** How values become bytes: `avro` needs a registry; `jsonTopics` are written as plain JSON all the same. */
export type WireSettings =
  | { readonly format: 'json' }
  | {
      readonly format: 'avro'
      readonly registry: SchemaSource
      readonly jsonTopics: readonly string[]
    }

export interface Wire {
  /** Finds the ids of the schemas to write. Throws a sentence where one was never registered. */
  prepareWrite(topics: readonly AnyTopic[]): Promise<void>
  /** Learns the writers' schemas of these records. Throws RegistryUnreachableError: then nothing is known. */
  prepareRead(values: Iterable<Buffer | null>): Promise<void>
  encode(topic: AnyTopic, value: unknown): Buffer
  /** After prepareRead. Throws UndecodableError or InvalidValueError. */
  decode(topic: AnyTopic, bytes: Buffer | null, key: string | null): Decoded
}

const magic = 0
const headerBytes = 5
const openingBrace = 0x7b
/** How long "no such schema" is believed, milliseconds. */
const poisonMsMax = 60_000

const codec = (topic: AnyTopic): Codec<object> => codecOf(topic.schema)

/** The wire of a process: Avro with registry ids, or plain JSON; reading takes both. */
export const newWire = (settings: WireSettings): Wire => new RegistryWire(settings)

class RegistryWire implements Wire {
  readonly #settings: WireSettings
  /** Magic byte and schema id, by topic. */
  readonly #headers = new Map<string, Buffer>()
  readonly #writers = new Map<number, Type>()
  readonly #poison = new Map<number, { readonly reason: string; readonly untilMs: number }>()
  /** By schema read, then by the id of the writer's. */
  readonly #resolvers = new Map<string, Map<number, Resolver>>()

  constructor(settings: WireSettings) {
    this.#settings = settings
  }

  #isJson(topic: AnyTopic): boolean {
    const settings = this.#settings
    return settings.format === 'json' || settings.jsonTopics.includes(topic.name)
  }

  async prepareWrite(topics: readonly AnyTopic[]): Promise<void> {
    await Promise.all(topics.map((topic) => this.#findWriteId(topic)))
  }

  async #findWriteId(topic: AnyTopic): Promise<void> {
    const settings = this.#settings
    if (settings.format === 'json' || this.#isJson(topic) || this.#headers.has(topic.name)) return
    const subject = `${topic.name}-value`
    const id = await settings.registry.findId(subject, codec(topic).schema)
    if (id === undefined) {
      throw new Error(`the registry has no schema under ${subject}: run corrente schemas register`)
    }
    const header = Buffer.alloc(headerBytes)
    header.writeUInt32BE(id, 1)
    this.#headers.set(topic.name, header)
    // What we write is read again: a unit sees its own rows before anything was fetched.
    this.#writers.set(id, codec(topic).type)
  }

  async prepareRead(values: Iterable<Buffer | null>): Promise<void> {
    const ids = new Set<number>()
    for (const bytes of values) {
      if (bytes && bytes.length >= headerBytes && bytes[0] === magic) ids.add(bytes.readUInt32BE(1))
    }
    await Promise.all([...ids].map((id) => this.#learn(id)))
  }

  async #learn(id: number): Promise<void> {
    const settings = this.#settings
    if (settings.format === 'json' || this.#writers.has(id)) return
    if ((this.#poison.get(id)?.untilMs ?? 0) > performance.now()) return
    let reason = `the registry does not know schema ${id}`
    try {
      const writer = await settings.registry.findSchema(id)
      if (writer) {
        this.#writers.set(id, writer)
        return
      }
    } catch (error) {
      if (!(error instanceof UnusableSchemaError)) throw error
      reason = `schema ${id} cannot be used: ${error.message}`
    }
    this.#poison.set(id, { reason, untilMs: performance.now() + poisonMsMax })
  }

  encode(topic: AnyTopic, value: unknown): Buffer {
    const body = withoutKey(topic, value)
    if (this.#isJson(topic)) return Buffer.from(JSON.stringify(codec(topic).toJson(body)))
    const header = this.#headers.get(topic.name)
    if (!header) throw new Error(`${topic.name} was not prepared for writing`)
    return codec(topic).encode(body, header)
  }

  decode(topic: AnyTopic, bytes: Buffer | null, key: string | null): Decoded {
    if (bytes === null || bytes.length === 0) {
      throw new UndecodableError('the record has no value')
    }
    if (bytes[0] === magic) return withKey(topic, this.#readAvro(topic, bytes), key)
    if (bytes[0] === openingBrace) return withKey(topic, readJson(topic, bytes), key)
    throw new UndecodableError('the value is neither Avro nor JSON')
  }

  #readAvro(topic: AnyTopic, bytes: Buffer): Decoded {
    if (bytes.length < headerBytes) {
      throw new UndecodableError('the value ends before its schema id')
    }
    const id = bytes.readUInt32BE(1)
    const value = codec(topic).decode(bytes, headerBytes, this.#resolverOf(topic, id))
    return topic.version === undefined ? { kind: 'value', value } : ofVersion(topic, value)
  }

  #resolverOf(topic: AnyTopic, id: number): Resolver {
    const known = this.#resolvers.get(topic.schema)?.get(id)
    if (known) return known
    const writer = this.#writers.get(id)
    if (!writer) {
      throw new UndecodableError(this.#poison.get(id)?.reason ?? `schema ${id} is not known here`)
    }
    try {
      const made = codec(topic).resolverFor(writer)
      const ofSchema = this.#resolvers.get(topic.schema) ?? new Map<number, Resolver>()
      this.#resolvers.set(topic.schema, ofSchema.set(id, made))
      return made
    } catch (error) {
      const reason = (error as Error).message
      throw new UndecodableError(`schema ${id} cannot be read as ${topic.schema}: ${reason}`)
    }
  }
}

/** Plain JSON; its version is looked at before its shape, which belongs to that version. */
function readJson(topic: AnyTopic, bytes: Buffer): Decoded {
  let json: unknown
  try {
    json = JSON.parse(bytes.toString('utf8'))
  } catch {
    throw new UndecodableError('the value begins like JSON and does not parse')
  }
  // Without a version the schema says what is missing, and where.
  const hasVersion = topic.version !== undefined && majorVersionOf(json) !== undefined
  const versioned = hasVersion ? ofVersion(topic, json) : undefined
  if (versioned?.kind === 'unsupported') return versioned
  const value = codec(topic).fromJson(topic.normalise(json))
  return topic.version === undefined ? { kind: 'value', value } : ofVersion(topic, value)
}

function ofVersion(topic: AnyTopic, value: unknown): Decoded {
  const major = majorVersionOf(value)
  if (major === undefined) throw new UndecodableError('event_version is not a version')
  return topic.majorVersions.includes(major)
    ? { kind: 'value', value }
    : { kind: 'unsupported', version: String(major) }
}

function withoutKey(topic: AnyTopic, value: unknown): object {
  if (!topic.isKeyOutsideValue) return value as object
  const { [topic.keyMember]: _, ...rest } = value as Record<string, unknown>
  return rest
}

function withKey(topic: AnyTopic, decoded: Decoded, key: string | null): Decoded {
  if (!topic.isKeyOutsideValue || decoded.kind !== 'value') return decoded
  return { kind: 'value', value: { ...(decoded.value as object), [topic.keyMember]: key } }
}
