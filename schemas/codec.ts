import avsc, { type Type } from 'avsc'
import type { RecordSchema } from '#schemas/avro'
import { avroTypeOf } from '#schemas/avro-types'
import { converterOf } from '#schemas/convert'
import { fromPlainJson, settling, toAvro, toPlainJson } from '#schemas/forms'
import type { SchemaName, Schemas } from '#schemas/generated/types'
import { schemas } from '#schemas/generated/schemas'
import { InvalidValueError } from '#schemas/values/invalid-value'

/**
 * How a writer's bytes are read as ours; made once per writer's schema, see `Codec.resolverFor`.
 */
export type Resolver = ReturnType<Type['createResolver']>

/**
 * A schema's values as bytes and as plain JSON. Every way checks the value, drops members the
 * schema does not know, fills in defaults, and throws InvalidValueError with a pointer. Times are
 * read with any offset and written with that of Rome.
 */
export interface Codec<Value> {
  /** With all it refers to written out, as the registry gets it. */
  readonly schema: RecordSchema
  readonly type: Type
  /** The Avro body, behind the bytes given: the registry's five, or none. */
  encode(value: Value, before?: Buffer): Buffer
  /** Reads from `offset` to the end of the bytes, which must be the end of the value. */
  decode(bytes: Buffer, offset?: number, writer?: Resolver): Value
  /**
   * For the schema of another writer: its JSON, or its type made with `avroOptions`. Throws where
   * values of it cannot be read as ours.
   */
  resolverFor(writer: object): Resolver
  /**
   * Plain JSON: no union wrappers, amounts in euros as number or text, free-form members as they
   * are.
   */
  fromJson(json: unknown): Value
  /** Plain JSON of a value; amounts become numbers with at most two decimals. */
  toJson(value: Value): unknown
}

const codecs = new Map<SchemaName, Codec<never>>()

/** The codec of a schema, compiled at first use. */
export function codecOf<Name extends SchemaName>(name: Name): Codec<Schemas[Name]> {
  const known = codecs.get(name) as Codec<Schemas[Name]> | undefined
  if (known !== undefined) return known
  const made = makeCodec<Schemas[Name]>(name)
  codecs.set(name, made as unknown as Codec<never>)
  return made
}

function makeCodec<Value>(name: SchemaName): Codec<Value> {
  const schema = schemas[name]
  const type = avroTypeOf(schema)
  const settle = converterOf(schema, settling)
  const read = converterOf(schema, fromPlainJson)
  const prepare = converterOf(schema, toAvro)
  const write = converterOf(schema, toPlainJson)
  return {
    schema,
    type,
    encode: (value, before = nothing) => bodyOf(type, prepare(value), before),
    decode: (bytes, offset = 0, writer) => settle(readBody(type, bytes, offset, writer)) as Value,
    resolverFor: (writer) =>
      type.createResolver(avsc.Type.isType(writer) ? (writer as Type) : avroTypeOf(writer)),
    fromJson: (json) => read(json) as Value,
    toJson: (value) => write(value),
  }
}

const nothing = Buffer.alloc(0)

// Values are encoded one behind the other into a piece of memory, and are views of it: whoever keeps one for long
// keeps all of the piece.
const pieceBytes = 64 * 1024
let piece = Buffer.allocUnsafeSlow(pieceBytes)
let used = 0

function bodyOf(type: Type, value: unknown, before: Buffer): Buffer {
  const begin = used
  const end = type.encode(value, piece, begin + before.length)
  if (end >= 0) {
    used = end
    for (let i = 0; i < before.length; i++) piece[begin + i] = before[i]!
    return piece.subarray(begin, end)
  }
  // What was missing is told below zero.
  piece = Buffer.allocUnsafeSlow(Math.max(pieceBytes, piece.length - begin - end))
  used = 0
  return bodyOf(type, value, before)
}

function readBody(
  type: Type,
  bytes: Buffer,
  offset: number,
  writer: Resolver | undefined,
): unknown {
  let body: { readonly value: unknown; readonly offset: number }
  try {
    body = type.decode(bytes, offset, writer)
  } catch (error) {
    if (error instanceof InvalidValueError) throw error
    throw new InvalidValueError(`is not ${type.name} in Avro: ${(error as Error).message}`)
  }
  if (body.offset === -1) throw new InvalidValueError(`ends before the ${type.name} is complete`)
  const left = bytes.length - body.offset
  if (left > 0) throw new InvalidValueError(`has ${left} bytes after the ${type.name}`)
  return body.value
}
