/** A body without its values: members by name, in their order; texts, numbers and lists by their shape. */
type Redacted = string | null | readonly Redacted[] | { readonly [member: string]: Redacted }

/** Whether the value of a member may be shown. */
type IsShown = (name: string, value: string) => boolean

const depthMax = 12
const itemsMax = 3
const membersMax = 60

/** A name as a schema has one, such as `idA2A` or `E2EMsgId`; what else stands in its place may be somebody's. */
const shownName = (name: string): string =>
  /^(?=.{1,66}$)[@$]?([A-Z]2(?=[A-Z])|[A-Za-z_])([A-Z]2(?=[A-Z])|[A-Za-z_.:-])*\d{0,2}$/.test(name)
    ? name
    : '…'

/** What is left of a JSON value where only some members are shown. */
export function redactedValue(value: unknown, isShown: IsShown): Redacted {
  const of = (one: unknown, name: string, depth: number): Redacted => {
    if (one === null || one === undefined) return null
    if (typeof one !== 'object') return ofScalar(one, name)
    if (depth >= depthMax) return '…'
    return Array.isArray(one) ? ofList(one, name, depth + 1) : ofObject(one, depth + 1)
  }
  const ofScalar = (one: unknown, name: string): string => {
    const text = String(one)
    if (isShown(name, text)) return text
    return typeof one === 'string' ? `text of ${text.length}` : typeof one
  }
  const ofList = (list: readonly unknown[], name: string, depth: number): Redacted => [
    ...list.slice(0, itemsMax).map((item) => of(item, name, depth)),
    ...(list.length > itemsMax ? [`… ${list.length - itemsMax} more`] : []),
  ]
  const ofObject = (object: object, depth: number): Redacted => {
    const members = Object.entries(object)
    const kept = members.slice(0, membersMax)
    return Object.fromEntries([
      ...kept.map(([name, one]) => [shownName(name), of(one, name, depth)] as const),
      ...(members.length > membersMax ? [['…', `${members.length - membersMax} more`]] : []),
    ]) as Redacted
  }
  return of(value, '', 0)
}
