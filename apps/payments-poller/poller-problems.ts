import type { PollerReport } from '#apps/payments-poller/poller'

/**
 * What needs somebody. An intermediary that does not answer is not here: it is in the numbers and in the report, and
 * holds nobody else.
 */
export function pollerProblems(
  { connectors, failure }: PollerReport,
  latenessMsMax: number,
): readonly string[] {
  const seconds = latenessMsMax / 1_000
  const late = connectors.filter(
    ({ isAway, overdue_seconds }) => !isAway && overdue_seconds > seconds,
  )
  return [
    ...(failure === undefined ? [] : [`what is due is not known: ${failure}`]),
    ...late.map(
      ({ connector, due, overdue_seconds }) =>
        `${due} payments at ${connector} wait for their check, up to ${overdue_seconds} s; ${seconds} s is the bound: ` +
        'raise POLLER_CONNECTOR_CONCURRENCY and POLLER_CONNECTOR_CALLS_PER_SECOND, or run more replicas',
    ),
  ]
}
