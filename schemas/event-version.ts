/**
 * Major version of an event: 2 for 2, 2.0, "2", "2.0" and "2.3". Undefined where `event_version` is
 * missing or no version.
 */
export function majorVersionOf(json: unknown): number | undefined {
  if (typeof json !== 'object' || json === null) return undefined
  const version: unknown = Reflect.get(json, 'event_version')
  if (typeof version !== 'string' && typeof version !== 'number') return undefined
  if (version !== last?.version) last = { version, major: majorOf(version) }
  return last.major
}

// Nearly all events of a topic have the same.
let last: { readonly version: string | number; readonly major: number | undefined } | undefined

function majorOf(version: string | number): number | undefined {
  const match = /^(\d{1,9})(\.\d+)*$/.exec(String(version))
  return match === null ? undefined : Number(match[1])
}
