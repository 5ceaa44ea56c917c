/** JSON whose numbers keep their digits: a BIGINT or a DECIMAL never becomes a JavaScript number. */
export type Json =
  | null
  | boolean
  | string
  | { readonly digits: string }
  | { readonly items: readonly Json[] }
  | { readonly members: ReadonlyMap<string, Json> }

const token = /\s*(?:([[\]{},:])|("(?:[^"\\]|\\.)*")|(true|false|null)|(-?\d[\d.eE+-]*))\s*/y

/** Reads what Postgres wrote (jsonb): it is well formed, and anything else is a fault of ours. */
export function readJson(text: string): Json {
  let at = 0
  const next = () => {
    token.lastIndex = at
    const found = token.exec(text)
    if (!found) throw new Error(`no JSON at ${at}`)
    at = token.lastIndex
    return found
  }
  const isNext = (sign: string) => {
    const before = at
    const found = next()[1] === sign
    if (!found) at = before
    return found
  }
  const array = (): Json => {
    const items: Json[] = []
    if (isNext(']')) return { items }
    do items.push(value())
    while (next()[1] === ',')
    return { items }
  }
  const object = (): Json => {
    const members = new Map<string, Json>()
    if (isNext('}')) return { members }
    do {
      const name = JSON.parse(next()[2]!) as string
      next()
      members.set(name, value())
    } while (next()[1] === ',')
    return { members }
  }
  const value = (): Json => {
    const [, sign, string, word, digits] = next()
    if (string !== undefined) return JSON.parse(string) as string
    if (digits !== undefined) return { digits }
    if (word !== undefined) return word === 'null' ? null : word === 'true'
    return sign === '[' ? array() : object()
  }
  return value()
}
