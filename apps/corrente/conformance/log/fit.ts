import type { Type } from 'avsc'
import type { Json } from '#apps/corrente/conformance/observed'

interface Field {
  readonly name: string
  readonly type: Type
  defaultValue(): unknown
}

/** What avsc tells of a type, whatever its kind. */
interface TypeParts {
  readonly fields: readonly Field[]
  readonly types: readonly Type[]
  readonly itemsType: Type
  readonly valuesType: Type
  readonly branchName: string
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null

/**
 * A plain value as avsc takes it for a type: members the type does not know left out, its defaults filled in, numbers
 * as text and objects as JSON text where it wants text. What does not fit is left to avsc, which names it.
 */
export function fitted(type: Type, value: unknown): unknown {
  const parts = type as unknown as TypeParts
  switch (type.typeName) {
    case 'record':
      return isObject(value) ? fittedRecord(parts.fields, value) : value
    case 'array':
      return Array.isArray(value) ? value.map((item) => fitted(parts.itemsType, item)) : value
    case 'map':
      return isObject(value) ? mapped(value, (member) => fitted(parts.valuesType, member)) : value
    case 'union:unwrapped':
    case 'union:wrapped':
      return fittedUnion(type, value)
    case 'string':
      return textOf(value)
    case 'logical:decimal':
      return typeof value === 'number' ? value.toFixed(2) : value
    case 'int':
    case 'long':
    case 'float':
    case 'double':
      return typeof value === 'string' ? Number(value) : value
    default:
      return value
  }
}

const mapped = (value: Json, to: (member: unknown) => unknown) =>
  Object.fromEntries(Object.entries(value).map(([name, member]) => [name, to(member)]))

const fittedRecord = (fields: readonly Field[], value: Json) =>
  Object.fromEntries(
    fields.map(({ name, type, defaultValue }) => {
      const member = value[name]
      return [name, member === undefined ? absent(type, defaultValue) : fitted(type, member)]
    }),
  )

const absent = (type: Type, defaultValue: () => unknown) => {
  const value = defaultValue()
  return value === undefined ? fitted(type, null) : value
}

function fittedUnion(type: Type, value: unknown): unknown {
  const { types } = type as unknown as TypeParts
  if (value === null || value === undefined) return null
  const branches = types.filter(({ typeName }) => typeName !== 'null')
  const fits = branches
    .map((branch) => ({ branch, value: fitted(branch, value) }))
    .find((one) => one.branch.isValid(one.value))
  if (!fits) return value
  if (type.typeName === 'union:unwrapped') return fits.value
  return { [(fits.branch as unknown as TypeParts).branchName]: fits.value }
}

function textOf(value: unknown): unknown {
  if (isObject(value)) return JSON.stringify(value)
  return typeof value === 'number' ? String(value) : value
}
