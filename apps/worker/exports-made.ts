import { Counter, Histogram } from 'prom-client'
import type { Metrics } from '#core/metrics'
import type { CommittedOutcome } from '#core/run-units'
import type { ExportCurrent, ExportFact, ExportState } from '#schemas/generated/types'
import { exportExtractions, exportsCurrent } from '#schemas/topics'
import { instantOf } from '#schemas/values/date-time'

/** States in which an export gets no further by itself. */
const ends: ReadonlySet<ExportState> = new Set([
  'READY',
  'READY_WITH_ERRORS',
  'FAILED',
  'EXPIRED',
  'CANCELLING',
] as const)

/** Counts exports that were asked for, and those that came to an end, by state: told of what was committed. */
export function countExports({
  registry,
}: Pick<Metrics, 'registry'>): (committed: CommittedOutcome) => void {
  const registers = [registry]
  const exported = new Counter({
    name: 'corrente_exports_total',
    help: 'Exports by the state they reached: EXTRACTING (begun), READY, READY_WITH_ERRORS, FAILED, CANCELLING, EXPIRED',
    labelNames: ['state'],
    registers,
  })
  const seconds = new Histogram({
    name: 'corrente_export_seconds',
    help: 'From an export being asked for to its archive being ready',
    buckets: [1, 5, 15, 60, 300, 900, 3_600, 14_400],
    registers,
  })
  return ({ unit, value, emissions }) => {
    if (unit !== 'export-keeper') return
    const fact = value as ExportFact
    const current = currentIn(emissions)
    if (!current) return
    const { state, requested_at, ready_at } = current
    if (!isReached(fact, state, emissions)) return
    exported.inc({ state })
    if (!isReady(state) || ready_at === null) return
    seconds.observe((instantOf(ready_at) - instantOf(requested_at)) / 1_000)
  }
}

const isReady = (state: ExportState) => state === 'READY' || state === 'READY_WITH_ERRORS'

function currentIn(emissions: CommittedOutcome['emissions']): ExportCurrent | undefined {
  const told = emissions.find(({ topic, value }) => topic === exportsCurrent.name && value !== null)
  return told?.value as ExportCurrent | undefined
}

// An export is told again with each chunk, and with each request that begins or gives up a share in it.
function isReached(
  { type }: ExportFact,
  state: ExportState,
  emissions: CommittedOutcome['emissions'],
): boolean {
  if (type === 'Requested') return emissions.some(({ topic }) => topic === exportExtractions.name)
  if (type === 'CancelRequested') return state === 'CANCELLING'
  return ends.has(state)
}
