import { SchemaRegistry, SchemaType } from '@kafkajs/confluent-schema-registry'
import type { Type } from 'avsc'
import { DecimalText } from '#apps/corrente/conformance/log/decimal-text'
import { fitted } from '#apps/corrente/conformance/log/fit'
import type { Encoding, Json } from '#apps/corrente/conformance/observed'
import type { RegistrySettings } from '#core/registry'

/** How values of `payments` become bytes, and bytes values, as the platform of the proxy has them. */
export interface TrialCodec {
  readonly encoding: Encoding
  /** `spell` changes the text last, where the value is plain JSON. Throws where the schema takes no such value. */
  encode(value: Json, spell?: (text: string) => string): Promise<Buffer>
  /** Undefined where the bytes are nothing that can be read. */
  decode(bytes: Buffer): Promise<Json | undefined>
}

const magic = 0

const jsonOf = (bytes: Buffer): Json | undefined => {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    return typeof value === 'object' && value !== null ? (value as Json) : undefined
  } catch {
    return undefined
  }
}

/** Plain JSON. */
export const jsonCodec: TrialCodec = {
  encoding: 'json',
  encode: async (value, spell = (text) => text) => Buffer.from(spell(JSON.stringify(value))),
  decode: async (bytes) => jsonOf(bytes),
}

const clientOf = ({ url, username, password }: RegistrySettings) =>
  new SchemaRegistry(
    {
      host: url,
      retry: { retries: 2 },
      ...(username === undefined ? {} : { auth: { username, password: password ?? '' } }),
    },
    { [SchemaType.AVRO]: { logicalTypes: { decimal: DecimalText } } },
  )

/**
 * Avro by the newest schema of `<topic>-value` at the registry, whoever registered it; reading takes plain JSON, too.
 * Throws a sentence where there is none.
 */
export async function avroCodec(registry: RegistrySettings, topic: string): Promise<TrialCodec> {
  const client = clientOf(registry)
  const subject = `${topic}-value`
  const newest = async (): Promise<number> => {
    try {
      return await client.getLatestSchemaId(subject)
    } catch (error) {
      const reason = (error as Error).message
      throw new Error(`the registry at ${registry.url} gives no schema of ${subject}: ${reason}`)
    }
  }
  const id = await newest()
  const type = (await client.getSchema(id)) as unknown as Type
  return {
    encoding: 'avro',
    encode: async (value) => client.encode(id, fitted(type, value)),
    async decode(bytes) {
      if (bytes[0] !== magic) return jsonOf(bytes)
      try {
        return (await client.decode(bytes)) as Json
      } catch {
        return undefined
      }
    },
  }
}
