/** Whether a row is asked for. */
export const isWanted =
  (rows: readonly string[]) =>
  (id: string): boolean =>
    rows.length === 0 || rows.some((asked) => id === asked || id.startsWith(`${asked}.`))

/** Throws a sentence where something was asked for that is no row nor the beginning of one. */
export function assertKnown(rows: readonly string[], ids: readonly string[]): void {
  const unknown = rows.find((asked) => !ids.some(isWanted([asked])))
  if (unknown === undefined) return
  throw new Error(`${unknown} is no row; the rows are ${ids.join(', ')}`)
}

/** The rows of `--rows a,b`. */
export const rowsIn = (text: string): readonly string[] => text.split(',').filter((id) => id !== '')

/** The whole number of an option. Throws a sentence where it is none, or less than `least`. */
export function whole(option: string, text: string, least: number): number {
  const value = Number(text)
  if (Number.isSafeInteger(value) && value >= least) return value
  throw new Error(`${option} ${text}: say a whole number of at least ${least}`)
}
