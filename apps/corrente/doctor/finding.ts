import { within } from '#apps/platform/deadline'

/** What a check found. `advice`: it works, and could be better. `warning`: it works, and no production must be so. */
export interface Finding {
  /** What was looked at: machine, brokers, topics, … */
  readonly area: string
  readonly level: 'ok' | 'advice' | 'warning' | 'problem'
  /** What is so and, unless it is well, what to do. */
  readonly sentence: string
}

/** Findings of one area. */
export const findingsOf = (area: string) => ({
  ok: (sentence: string): Finding => ({ area, level: 'ok', sentence }),
  advice: (sentence: string): Finding => ({ area, level: 'advice', sentence }),
  warning: (sentence: string): Finding => ({ area, level: 'warning', sentence }),
  problem: (sentence: string): Finding => ({ area, level: 'problem', sentence }),
})

/** No check takes longer, milliseconds: one of ksqlDB waits a minute for its first row. */
const examinedMsMax = 90_000

/** What a check finds; that it cannot be made, or is not answered in time, is a problem. */
export async function examined(
  area: string,
  check: () => Promise<readonly Finding[]>,
  msMax = examinedMsMax,
): Promise<readonly Finding[]> {
  const late = () => new Error(`no answer within ${msMax / 1_000} s: what is asked hangs`)
  try {
    return await within(msMax, check(), late)
  } catch (error) {
    return [findingsOf(area).problem((error as Error).message)]
  }
}
