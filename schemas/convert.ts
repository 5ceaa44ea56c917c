import {
  type AvroSchema,
  type EnumSchema,
  type FieldSchema,
  type RecordSchema,
  fullNameOf,
  isArray,
  isNamed,
  isUnion,
} from '#schemas/avro'
import { variantBlocksOf } from '#schemas/variants'
import type { Convert, Form } from '#schemas/forms'
import { InvalidValueError, kindOf } from '#schemas/values/invalid-value'

type Names = Map<string, Convert>

/**
 * Compiles a composed schema into one pass over its values. The pass throws InvalidValueError with
 * a pointer.
 */
export const converterOf = (schema: RecordSchema, form: Form): Convert =>
  compile(schema, '', form, new Map())

function compile(schema: AvroSchema, namespace: string, form: Form, names: Names): Convert {
  if (typeof schema === 'string') {
    return primitives[schema] ?? ((value) => names.get(schema)!(value))
  }
  if (isUnion(schema)) {
    const branch = compile(schema[1]!, namespace, form, names)
    return (value) => (value === null ? null : branch(value))
  }
  if (isArray(schema)) return listOf(compile(schema.items, namespace, form, names), form)
  if (!isNamed(schema)) return form.values[schema.corrente]
  const convert = schema.type === 'enum' ? oneOf(schema) : recordOf(schema, namespace, form, names)
  names.set(fullNameOf(schema, namespace), convert)
  return convert
}

const expect =
  (is: (value: unknown) => boolean, what: string): Convert =>
  (value) => {
    if (is(value)) return value
    throw new InvalidValueError(`is ${kindOf(value)}; ${what} is expected`)
  }

const isInt = (value: unknown) =>
  Number.isInteger(value) && (value as number) === ((value as number) | 0)

const primitives: Readonly<Record<string, Convert>> = {
  boolean: expect((value) => typeof value === 'boolean', 'true or false'),
  int: expect(isInt, 'a whole number of 32 bits'),
  long: expect(Number.isSafeInteger, 'a whole number'),
  double: expect(Number.isFinite, 'a number'),
  string: expect((value) => typeof value === 'string', 'text'),
}

function oneOf({ symbols }: EnumSchema): Convert {
  const known = new Set<unknown>(symbols)
  return (value) => {
    if (known.has(value)) return value
    throw new InvalidValueError(`is not one of ${symbols.join(', ')}`)
  }
}

const under = (error: unknown, member: string | number): unknown =>
  error instanceof InvalidValueError ? error.under(member) : error

const listOf =
  (convert: Convert, { keepsUnchanged }: Form): Convert =>
  (value) => {
    if (!Array.isArray(value))
      throw new InvalidValueError(`is ${kindOf(value)}; a list is expected`)
    const source: readonly unknown[] = value
    const result = source.map((item, i) => {
      try {
        return convert(item)
      } catch (error) {
        throw under(error, i)
      }
    })
    return keepsUnchanged && result.every((item, i) => item === source[i]) ? source : result
  }

interface Member {
  readonly name: string
  readonly convert: Convert
  /** Taken where the member is missing; undefined where it must not be. */
  readonly fallback: unknown
  readonly isLeftOutAsNull: boolean
}

function memberOf(field: FieldSchema, convert: Convert, form: Form): Member {
  const given = field.default
  return {
    name: field.name,
    convert,
    fallback:
      given === undefined || !form.convertsDefaults ? frozen(given) : frozen(convert(given)),
    isLeftOutAsNull: form.leavesNullsOut && field.null === 'absent',
  }
}

// One default serves every value, so nobody may change it.
function frozen(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  Object.values(value).forEach(frozen)
  return Object.freeze(value)
}

type Values = Record<string, unknown>

/** The members converted: the source itself where it may be kept and none of them changes. */
function convertMembers(members: readonly Member[], source: Values, mayKeep: boolean): Values {
  let result: Values | undefined = mayKeep ? undefined : {}
  let at = 0
  try {
    for (; at < members.length; at++) {
      const { name, convert, fallback, isLeftOutAsNull } = members[at]!
      const given = source[name]
      const value = given === undefined ? fallback : convert(given)
      if (value === undefined) throw new InvalidValueError('is missing')
      if (result === undefined && value === given) continue
      result ??= firstMembers(members, source, at)
      if (value !== null || !isLeftOutAsNull) result[name] = value
    }
  } catch (error) {
    throw under(error, members[at]!.name)
  }
  return result ?? source
}

function firstMembers(members: readonly Member[], source: Values, count: number): Values {
  const result: Values = {}
  for (let at = 0; at < count; at++) result[members[at]!.name] = source[members[at]!.name]
  return result
}

function recordOf(record: RecordSchema, around: string, form: Form, names: Names): Convert {
  const namespace = record.namespace ?? around
  const members = record.fields.map((field) =>
    memberOf(field, compile(field.type, namespace, form, names), form),
  )
  const blocks = variantBlocksOf(record)
  const shared = members.filter(({ name }) => !blocks.has(name))
  const isVariants = record.corrente === 'variants'
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new InvalidValueError(`is ${kindOf(value)}; an object is expected`)
    }
    const source = value as Values
    if (!isVariants) return convertMembers(members, source, form.keepsUnchanged)
    const result = convertMembers(shared, source, false)
    const symbol = result[record.discriminator!] as string
    const own = members.filter(({ name }) => isPresent(source, name, blocks.get(name), symbol))
    return Object.assign(result, convertMembers(own, source, false))
  }
}

/**
 * Whether the block belongs to the value. Throws where it is there and must not be, or the other
 * way round.
 */
function isPresent(
  source: Values,
  name: string,
  symbol: string | undefined,
  actual: string,
): boolean {
  if (symbol === undefined) return false
  const isThere = source[name] !== undefined && source[name] !== null
  if (isThere === (symbol === actual)) return isThere
  throw new InvalidValueError(
    isThere ? `belongs to ${symbol}, not to ${actual}` : 'is missing',
    `/${name}`,
  )
}
