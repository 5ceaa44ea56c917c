/**
 * Options of `node` with which a program and its threads take the clock to be so many milliseconds ahead, behind where less
 * than 0. What is native keeps the machine's.
 */
export function movedClock(ms: number): readonly string[] {
  const code = `
    const right = Date
    globalThis.Date = new Proxy(right, {
      construct: (_, given, target) =>
        Reflect.construct(right, given.length > 0 ? given : [right.now() + ${ms}], target),
      get: (_, name) => (name === 'now' ? () => right.now() + ${ms} : Reflect.get(right, name)),
    })`
  return [`--import=data:text/javascript,${encodeURIComponent(code)}`]
}
