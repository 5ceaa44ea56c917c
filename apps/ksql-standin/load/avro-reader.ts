import avsc, { type Type } from 'avsc'
import { withPoint } from '#apps/ksql-standin/load/numeral'
import { avroOptions } from '#schemas/avro-types'

/** What Avro writes as bytes with a scale, as a number with its digits. */
class DecimalType extends avsc.types.LogicalType {
  readonly #scale: number

  constructor(schema: { readonly scale?: number }, options: object) {
    super(schema as never, options)
    this.#scale = schema.scale ?? 0
  }

  protected override _fromValue(bytes: Uint8Array): string {
    return withPoint(signedOf(bytes), this.#scale)
  }
}

const signedOf = (bytes: Uint8Array): bigint =>
  bytes.length === 0
    ? 0n
    : BigInt.asIntN(8 * bytes.length, BigInt(`0x${Buffer.from(bytes).toString('hex')}`))

/** Whole 64 bits. */
const longType = avsc.types.LongType.__with({
  fromBuffer: (bytes: Buffer) => bytes.readBigInt64LE(),
  toBuffer: (value: bigint) => {
    const bytes = Buffer.alloc(8)
    bytes.writeBigInt64LE(value)
    return bytes
  },
  fromJSON: BigInt,
  toJSON: Number,
  isValid: (value: unknown) => typeof value === 'bigint',
  compare: (one: bigint, other: bigint) => (one === other ? 0 : one < other ? -1 : 1),
})

/**
 * Reads what any schema wrote: longs as bigint, decimals as text with their digits, records and maps as plain objects.
 * Throws where the schema is none.
 */
export const avroReaderOf = (schema: object): Type =>
  avsc.Type.forSchema(structuredClone(schema) as never, {
    ...avroOptions,
    logicalTypes: { decimal: DecimalType as never },
    registry: { long: longType },
  })
