import type { Log } from '#core/log'
import type { OpenPayments } from '#ports/open-payments'

/** ksqlDB as long as it answers, else the own copy of the table: both have the same rows. */
export interface EitherSource extends OpenPayments {
  /** Why ksqlDB is not asked at present; undefined while it answers. */
  reason(): string | undefined
}

/**
 * Each question is put to the first anew. The log tells only of changes, and not of a single question that failed: a
 * row that ended at that moment is enough for it.
 */
export function eitherSource(first: OpenPayments, second: OpenPayments, log: Log): EitherSource {
  let reason: string | undefined
  let failures = 0
  return {
    reason: () => reason,
    async due(nowMs, wanted) {
      try {
        const backlogs = await first.due(nowMs, wanted)
        if (failures > 1) log.info({}, 'ksqlDB answers again')
        failures = 0
        reason = undefined
        return backlogs
      } catch (error) {
        const { message } = error as Error
        failures += 1
        if (failures === 2)
          log.warn({ reason: message }, 'ksqlDB is away: the own lookup takes over')
        reason = message
        return second.due(nowMs, wanted)
      }
    },
  }
}
