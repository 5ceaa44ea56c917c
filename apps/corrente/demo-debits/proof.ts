import type { TalliedAccount } from '#apps/corrente/demo-debits/tally'

/** What is shown of an account. Minor units. */
export interface ShownAccount {
  readonly booked: number
  readonly held: number
  readonly lines: readonly { readonly id: string; readonly amount: number }[]
}

/** Where what is shown differs from the caller's books. */
export interface Difference {
  /** Requests that were answered as booked and are not on the statement. */
  readonly lost: readonly string[]
  /** Requests that are there more than once. */
  readonly double: readonly string[]
  /** What else is not as it was answered. */
  readonly other: readonly string[]
}

/**
 * Holds what is shown of an account against what its caller was answered. A request that came too late may be there, taken
 * and given back: nobody was told of it, and the balance shows that nothing of it is left.
 */
export function differenceOf(told: TalliedAccount, shown: ShownAccount): Difference {
  const seen = new Map<string, number>()
  const double: string[] = []
  for (const { id, amount } of shown.lines) {
    if (seen.has(id)) double.push(id)
    seen.set(id, amount)
  }
  const ids = [...told.lines.keys()]
  const lost = ids.filter((id) => !seen.has(id))
  const other = ids
    .filter((id) => seen.has(id) && seen.get(id) !== told.lines.get(id))
    .map((id) => `${id} is of ${seen.get(id)}, and was answered ${told.lines.get(id)}`)
  for (const name of ['booked', 'held'] as const) {
    if (shown[name] !== told[name]) other.push(`${name} ${shown[name]} for ${told[name]}`)
  }
  return { lost, double, other }
}

export const isNone = ({ lost, double, other }: Difference): boolean =>
  lost.length === 0 && double.length === 0 && other.length === 0
