import { withAdmin } from '#apps/platform/admin'
import { declaredUnits } from '#apps/platform/declared-units'
import { unitLags } from '#apps/platform/inspection/unit-lags'
import { openOffsetSource } from '#core/offset-source'
import type { BenchStack } from '#tests/bench/engine/bench-stack'
import { until } from '#tests/until'

const usualMsMax = 10 * 60_000

/** Waits until every unit has handled what there is: what is measured then is not beside its work. */
export async function caughtUp(
  { kafka, signal, report }: BenchStack,
  msMax = usualMsMax,
): Promise<void> {
  const offsets = await openOffsetSource(kafka)
  const began = performance.now()
  try {
    await withAdmin(kafka, (admin) => {
      const areThrough = async () => {
        const lags = await unitLags({ offsets }, admin, declaredUnits)
        return lags.every(({ lag }) => lag === 0)
      }
      return until('every unit to be through', areThrough, { msMax, signal })
    })
  } finally {
    await offsets.close()
  }
  report(`every unit is through after ${Math.round((performance.now() - began) / 1_000)} s`)
}
