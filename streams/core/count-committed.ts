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
      const { record } = handled.item
      const { cause, emissions, span } = handled.outcome
      counts[resultOf(handled)] += 1
      endToEnd.observe(Math.max(0, nowMs - record.timestamp) / 1_000)
      if (cause === undefined && emissions.length === 0) continue
      const { topic, partition, offset } = record
      // Left out of the line where it is undefined.
      const trace_id = span && recordedTraceOf(span.headers)
      if (cause !== undefined) {
        const error = errorCode(cause)
        metrics.deadLetters.inc({ unit, error: errors.of(error) })
        log.error({ unit, topic, partition, offset, trace_id, error }, 'dead letter')
      } else {
        const told = { unit, topic, partition, offset, trace_id, emissions: emissions.length }
        log.info(told, 'handled')
      }
    }
    for (const [outcome, count] of Object.entries(counts)) {
      if (count > 0) metrics.records.inc({ unit, outcome }, count)
    }
  }
}
