/** An object of plain JSON, of which nothing is known yet. */
export type PlainObject = Readonly<Record<string, unknown>>

export const isObject = (json: unknown): json is PlainObject =>
  typeof json === 'object' && json !== null && !Array.isArray(json)

const isEmpty = (json: unknown): boolean =>
  json === '' ||
  (Array.isArray(json) && json.length === 0) ||
  (isObject(json) && Object.keys(json).length === 0)

/** `''`, `[]` and `{}` as null: how PHP writes that there is nothing. */
export const emptyToNull = (json: unknown): unknown => (isEmpty(json) ? null : json)

/** Null as missing, so that the default is taken. */
export const nullToMissing = (json: unknown): unknown => (json === null ? undefined : json)

/** `[]`, `''` and null as `{}`: PHP writes an empty object as an empty list. */
export const emptyToObject = (json: unknown): unknown =>
  json === null || isEmpty(json) ? {} : json

/** A whole number as its text; all else as it is. */
export const numberToText = (json: unknown): unknown =>
  Number.isSafeInteger(json) ? String(json) : json

/**
 * `event_version` as text with a minor version: 2, "2" and 2.0 -> "2.0". What is no version stays.
 */
export function versionText(json: unknown): unknown {
  if (typeof json !== 'string' && typeof json !== 'number') return json
  return /^\d+$/.test(String(json)) ? `${json}.0` : String(json)
}

/** The members of an object mended one by one; what is no object stays. */
export const mend = (json: unknown, mended: (object: PlainObject) => PlainObject): unknown =>
  isObject(json) ? { ...json, ...mended(json) } : json

/** The members a map's entry becomes: its key, and its value where that is no object. */
export interface EntryMembers {
  readonly key: string
  readonly value: string
}

/** A list out of a list, a map, or nothing. A value that is an object keeps a key of its own. */
export function listOf(json: unknown, entry: EntryMembers): unknown {
  if (json === null || json === undefined || json === '') return []
  if (!isObject(json)) return json
  return Object.entries(json).map(([key, value]) =>
    isObject(value)
      ? { ...value, [entry.key]: emptyToNull(value[entry.key]) ?? key }
      : { [entry.key]: key, [entry.value]: value },
  )
}

/** Shares by budget item, as list, map of code to amount, or nothing. */
export function mendSplit(json: unknown): unknown {
  const list = listOf(json, { key: 'code', value: 'amount' })
  if (!Array.isArray(list)) return list
  return list.map((item) =>
    mend(item, ({ code, amount, meta }) => ({
      code: numberToText(code),
      amount: emptyToNull(amount),
      meta: emptyToObject(meta ?? null),
    })),
  )
}
