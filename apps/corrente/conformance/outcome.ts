/** What became of a check. What nobody saw is never passed. */
export type Outcome =
  | { readonly outcome: 'passed'; readonly seen: string }
  | { readonly outcome: 'failed'; readonly seen: string; readonly expected: string }
  | { readonly outcome: 'not-applicable' | 'not-tried'; readonly reason: string }

export const passed = (seen: string): Outcome => ({ outcome: 'passed', seen })

export const failed = (expected: string, seen: string): Outcome => ({
  outcome: 'failed',
  expected,
  seen,
})

/** The requirement does not concern this proxy, encoding or form of use. */
export const notApplicable = (reason: string): Outcome => ({ outcome: 'not-applicable', reason })

/** It concerns it, and nothing was seen that would tell. */
export const notTried = (reason: string): Outcome => ({ outcome: 'not-tried', reason })

/** One requirement and how it is judged. */
export interface Check<Seen> {
  /** Permanent: reports of different days are compared by it. */
  readonly id: string
  /** What is required, in a sentence. */
  readonly requirement: string
  /** Where it is required. */
  readonly source: string
  /** Pure: all of the outside is in what was seen. */
  readonly judge: (observed: Seen) => Outcome
}

/** The first few of them, each once. */
export function list(faults: readonly string[]): string {
  const told = [...new Set(faults)]
  const left = told.length - 3
  return left > 0 ? `${told.slice(0, 3).join('; ')}; ${left} more` : told.join('; ')
}
