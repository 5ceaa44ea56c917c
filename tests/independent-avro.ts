import { SchemaRegistry, SchemaType } from '@kafkajs/confluent-schema-registry'
import avsc from 'avsc'

/** A decimal as its text, "42.50": read from the bytes as the Avro specification says, by nothing of ours. */
class DecimalText extends avsc.types.LogicalType {
  readonly #scale: number

  constructor(schema: avsc.Schema, options: object) {
    super(schema, options)
    this.#scale = (schema as unknown as { readonly scale: number }).scale
  }

  protected override _fromValue(bytes: Buffer): string {
    const hex = bytes.toString('hex')
    const unscaled = hex === '' ? 0n : BigInt.asIntN(8 * bytes.length, BigInt(`0x${hex}`))
    const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(this.#scale + 1, '0')
    const sign = unscaled < 0n ? '-' : ''
    return `${sign}${digits.slice(0, -this.#scale)}.${digits.slice(-this.#scale)}`
  }

  protected override _toValue(text: string): Buffer {
    const unscaled = BigInt(text.replace('.', ''))
    const bytes = Buffer.alloc(8)
    bytes.writeBigInt64BE(unscaled)
    return bytes
  }
}

const settings = { [SchemaType.AVRO]: { logicalTypes: { decimal: DecimalText } } }

/** Avro as a stranger reads and writes it: by what the registry says. Decimals are text. */
export interface IndependentAvro {
  decode(bytes: Buffer): Promise<unknown>
  /** With the newest schema of the topic's values. */
  encode(topic: string, value: unknown): Promise<Buffer>
}

export const independentAvro = (registryUrl: string): IndependentAvro => {
  const registry = new SchemaRegistry({ host: registryUrl }, settings)
  const newest = new Map<string, Promise<number>>()
  return {
    decode: (bytes) => registry.decode(bytes),
    async encode(topic, value) {
      const id = newest.get(topic) ?? registry.getLatestSchemaId(`${topic}-value`)
      newest.set(topic, id)
      return registry.encode(await id, value)
    },
  }
}
