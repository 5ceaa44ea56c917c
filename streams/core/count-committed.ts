import { errorCode } from '#core/dead-letter'
import type { Log } from '#core/log'
import type { Metrics } from '#core/metrics'
import { LabelValues } from '#core/label-values'
import type { Handled } from '#core/outputs'
import { recordedTraceOf } from '#ports/trace-context'

const resultOf = ({ outcome }: Handled) => {
  if (outcome.cause !== undefined) return 'dead-letter'
  return outcome.attempts === 0 ? 'discarded' : 'done'
}

/** Errors of one unit that are counted by their own name: some are codes of an outside party's. */
const errorsMax = 50

/** Where a record stands, and in which trace, where that is recorded. */
function placeOf({ item, outcome: { span } }: Handled) {
  const { topic, partition, offset } = item.record
  const trace_id = span && recordedTraceOf(span.headers)
  return { topic, partition, offset, ...(trace_id === undefined ? {} : { trace_id }) }
}

/** Counts and tells of what one unit has committed; labels are looked up once a batch, not once a record. */
export function committedCounter(
  unit: string,
  metrics: Metrics,
  log: Log,
): (done: readonly Handled[]) => void {
  const endToEnd = metrics.endToEndSeconds.of(unit)
  const errors = new LabelValues({ countMax: errorsMax })
  return (done) => {
    const nowMs = Date.now()
    const counts = { done: 0, discarded: 0, 'dead-letter': 0 }
    for (const handled of done) {
      const { item, outcome } = handled
      counts[resultOf(handled)] += 1
      endToEnd.observe(Math.max(0, nowMs - item.record.timestamp) / 1_000)
      if (outcome.cause !== undefined) {
        const error = errorCode(outcome.cause)
        metrics.deadLetters.inc({ unit, error: errors.of(error) })
        log.error({ unit, ...placeOf(handled), error }, 'dead letter')
      } else if (outcome.emissions.length > 0) {
        const emissions = outcome.emissions.length
        log.info({ unit, ...placeOf(handled), emissions }, 'handled')
      }
    }
    for (const [outcome, count] of Object.entries(counts)) {
      if (count > 0) metrics.records.inc({ unit, outcome }, count)
    }
  }
}
