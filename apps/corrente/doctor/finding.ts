/** What a check found. `advice`: it works, and could be better. */
export interface Finding {
  /** What was looked at: machine, brokers, topics, … */
  readonly area: string
  readonly level: 'ok' | 'advice' | 'problem'
  /** What is so and, unless it is well, what to do. */
  readonly sentence: string
}

/** Findings of one area. */
export const findingsOf = (area: string) => ({
  ok: (sentence: string): Finding => ({ area, level: 'ok', sentence }),
  advice: (sentence: string): Finding => ({ area, level: 'advice', sentence }),
  problem: (sentence: string): Finding => ({ area, level: 'problem', sentence }),
})

/** What a check finds; that it cannot be made is a problem. */
export async function examined(
  area: string,
  check: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return await check()
  } catch (error) {
    return [findingsOf(area).problem((error as Error).message)]
  }
}
