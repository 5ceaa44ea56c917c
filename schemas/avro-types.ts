import avsc, { type Type } from 'avsc'
import { centsFromUnscaled, toUnscaled } from '#schemas/values/cents'

interface Tap {
  readonly buf: Uint8Array
  pos: number
  readLong(): number
  skipLong(): void
  readString(): string
  skipString(): void
}

interface Reader {
  _read(tap: Tap): unknown
  _skip(tap: Tap): void
}

const digitsMax = 12
const scale = 2

/** Decimals of two digits as integer cents. */
class CentsType extends avsc.types.LogicalType {
  constructor(schema: { readonly precision: number; readonly scale: number }, options: object) {
    super(schema as never, options)
    if (schema.scale !== scale || schema.precision > digitsMax) {
      throw new Error(`decimals have a scale of ${scale} and at most ${digitsMax} digits here`)
    }
  }

  protected override _fromValue(bytes: Uint8Array | undefined): number {
    return bytes === undefined ? 0 : centsFromUnscaled(bytes)
  }

  protected override _toValue(cents: unknown): Buffer | undefined {
    return typeof cents === 'number' ? toUnscaled(cents) : undefined
  }

  protected override _resolve(writer: Type): unknown {
    return writer instanceof CentsType ? (cents: unknown) => cents : undefined
  }
}

// avsc believes the count in the bytes: a damaged one would keep it busy for hours.
function countOf(tap: Tap): number {
  const written = tap.readLong()
  if (written < 0) tap.skipLong()
  const count = Math.abs(written)
  if (count > tap.buf.length - tap.pos)
    throw new Error(`${count} items do not fit in the bytes left`)
  return count
}

class BoundedArray extends avsc.types.ArrayType {
  _read(tap: Tap): unknown[] {
    const items = this.itemsType as unknown as Reader
    const read: unknown[] = []
    for (let left = countOf(tap); left > 0; left = countOf(tap)) {
      for (; left > 0; left--) read.push(items._read(tap))
    }
    return read
  }

  _skip(tap: Tap): void {
    const items = this.itemsType as unknown as Reader
    for (let left = countOf(tap); left > 0; left = countOf(tap)) {
      for (; left > 0; left--) items._skip(tap)
    }
  }
}

class BoundedMap extends avsc.types.MapType {
  _read(tap: Tap): Record<string, unknown> {
    const values = this.valuesType as unknown as Reader
    const read: Record<string, unknown> = Object.create(null) as Record<string, unknown>
    for (let left = countOf(tap); left > 0; left = countOf(tap)) {
      for (; left > 0; left--) {
        const name = tap.readString()
        read[name] = values._read(tap)
      }
    }
    return read
  }

  _skip(tap: Tap): void {
    const values = this.valuesType as Reader
    for (let left = countOf(tap); left > 0; left = countOf(tap)) {
      for (; left > 0; left--) {
        tap.skipString()
        values._skip(tap)
      }
    }
  }
}

/** Its values are plain objects, as literals are. */
class PlainRecord extends avsc.types.RecordType {
  constructor(schema: never, options: object) {
    super(schema, options)
    const made = this.recordConstructor as { prototype: object }
    made.prototype = Object.prototype
  }
}

const hooked = (schema: unknown, options: object): Type | undefined => {
  const type: unknown =
    typeof schema === 'object' && schema !== null ? Reflect.get(schema, 'type') : undefined
  if (type === 'record') return new PlainRecord(schema as never, options)
  if (type === 'array') return new BoundedArray(schema as never, options)
  return type === 'map' ? new BoundedMap(schema as never, options) : undefined
}

/**
 * How avsc builds types here, ours and other writers': decimals as cents, records as plain objects,
 * damaged counts refused.
 */
export const avroOptions = {
  logicalTypes: { decimal: CentsType as never },
  typeHook: hooked,
  omitRecordMethods: true,
}

/** The avsc type of a schema that refers to nothing outside itself. */
export const avroTypeOf = (schema: object): Type =>
  avsc.Type.forSchema(structuredClone(schema) as never, { ...avroOptions })
