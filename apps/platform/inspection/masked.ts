import {
  type AvroSchema,
  fullNameOf,
  isArray,
  isNamed,
  isUnion,
  type RecordSchema,
} from '#schemas/avro'

/** What stands in the place of a value that is not shown. */
export const hidden = '***'

type Mask = (json: unknown) => unknown
/** Records by full name: a type is written out at its first use only. */
type Names = Map<string, Mask>

const masks = new Map<RecordSchema, Mask>()

/** Plain JSON of a value with everything hidden that its schema calls personal, sensitive or secret. Nulls stay. */
export function masked(schema: RecordSchema, json: unknown): unknown {
  const mask = masks.get(schema) ?? recordMask(schema, '', new Map())
  masks.set(schema, mask)
  return mask(json)
}

function recordMask(record: RecordSchema, around: string, names: Names): Mask {
  const namespace = record.namespace ?? around
  const members = new Map<string, Mask>()
  // Known before its members are: a record may refer to itself.
  const mask: Mask = (json) =>
    isObject(json)
      ? Object.fromEntries(
          Object.entries(json).map(([name, value]) => [name, shown(members.get(name), value)]),
        )
      : hidden
  names.set(fullNameOf(record, around), mask)
  for (const { name, type, data } of record.fields) {
    const inner = innerMask(type, namespace, names)
    members.set(name, inner ?? (data === 'none' ? (json) => json : () => hidden))
  }
  return mask
}

const isObject = (json: unknown): json is Readonly<Record<string, unknown>> =>
  typeof json === 'object' && json !== null && !Array.isArray(json)

// A member that the schema does not know has no class: it is hidden.
const shown = (mask: Mask | undefined, value: unknown) =>
  value === null ? null : mask ? mask(value) : hidden

/** Records, alone or in lists, have classes of their own inside; anything else is of its field's class. */
function innerMask(type: AvroSchema, namespace: string, names: Names): Mask | undefined {
  if (typeof type === 'string') {
    return names.get(type) ?? names.get(`${namespace}.${type}`)
  }
  if (isUnion(type)) return innerMask(type[1]!, namespace, names)
  if (isArray(type)) {
    const item = innerMask(type.items, namespace, names)
    return item && ((json) => (Array.isArray(json) ? json.map((one) => shown(item, one)) : hidden))
  }
  return isNamed(type) && type.type === 'record' ? recordMask(type, namespace, names) : undefined
}

/** Headers of ours: ids, places and codes. */
const openHeaders = /^(traceparent|correlation-id|causation-id|corrente-[a-z-]+|dlq\.[a-z-]+)$/

/** The headers with everything hidden that may quote a value: an error's words, and whatever others have added. */
export const maskedHeaders = (
  headers: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, text]) => [
      name,
      openHeaders.test(name) && name !== 'dlq.message' ? text : hidden,
    ]),
  )
