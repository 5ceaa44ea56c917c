import { type LogPlace, openTrialLog } from '#apps/corrente/conformance/log/open-log'
import type { Plan } from '#apps/corrente/conformance/plan'
import { type ConformanceReport, reportOf } from '#apps/corrente/conformance/report'
import { runTrial } from '#apps/corrente/conformance/run-trial'

/**
 * Tries a proxy out and judges it; Ctrl-C gives the run up, and what was seen by then is judged. Throws a sentence where
 * it cannot be tried.
 */
export async function judgeProxy(
  plan: Plan,
  place: LogPlace,
  tell: (line: string) => void = () => undefined,
): Promise<ConformanceReport> {
  const giving = new AbortController()
  const giveUp = () => giving.abort()
  // Only once: whoever asks again is not kept waiting.
  process.once('SIGINT', giveUp).once('SIGTERM', giveUp)
  const startedAt = new Date()
  const log = await openTrialLog(place)
  try {
    const trial = await runTrial(plan, log, { signal: giving.signal, report: tell })
    const { proxy } = plan
    return reportOf(trial, { proxy, topic: place.topic, startedAt, endedAt: new Date() })
  } finally {
    process.off('SIGINT', giveUp).off('SIGTERM', giveUp)
    await log.close()
  }
}
