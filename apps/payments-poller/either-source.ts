import type { Log } from '#core/log'
import type { OpenPayments } from '#ports/open-payments'

/** ksqlDB as long as it answers, else the own copy of the table: both have the same rows. */
export interface EitherSource extends OpenPayments {
  /** Why ksqlDB is not asked at present; undefined while it answers. */
  reason(): string | undefined
}

/** Each question is put to the first anew; the log tells only of changes. */
export function eitherSource(first: OpenPayments, second: OpenPayments, log: Log): EitherSource {
  let reason: string | undefined
  return {
    reason: () => reason,
    async due(nowMs, wanted) {
      try {
        const backlogs = await first.due(nowMs, wanted)
        if (reason !== undefined) log.info({}, 'ksqlDB answers again')
        reason = undefined
        return backlogs
      } catch (error) {
        const { message } = error as Error
        if (reason === undefined)
          log.warn({ reason: message }, 'ksqlDB is away: the own lookup takes over')
        reason = message
        return second.due(nowMs, wanted)
      }
    },
  }
}
