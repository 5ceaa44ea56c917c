import { errorCode } from '#core/dead-letter'
import type { Log } from '#core/log'
import type { Metrics } from '#core/metrics'
import { LabelValues } from '#core/label-values'
import type { Handled } from '#core/outputs'

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
      const { item, outcome } = handled
      const { record } = item
      counts[resultOf(handled)] += 1
      endToEnd.observe(Math.max(0, nowMs - record.timestamp) / 1_000)
      const { topic, partition, offset } = record
      if (outcome.cause !== undefined) {
        const error = errorCode(outcome.cause)
        metrics.deadLetters.inc({ unit, error: errors.of(error) })
        log.error({ unit, topic, partition, offset, error }, 'dead letter')
      } else if (outcome.emissions.length > 0) {
        log.info({ unit, topic, partition, offset, emissions: outcome.emissions.length }, 'handled')
      }
    }
    for (const [outcome, count] of Object.entries(counts)) {
      if (count > 0) metrics.records.inc({ unit, outcome }, count)
    }
  }
}
