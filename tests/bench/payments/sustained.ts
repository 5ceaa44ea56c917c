import type { Application } from '#schemas/generated/types'
import { applications } from '#schemas/topics'
import { writeAll } from '#tests/bench/engine/loads'
import { applicationOf, recordsOf } from '#tests/bench/payments/bench-payments'
import type { Creations } from '#tests/bench/payments/creations'
import type { PaymentsBench } from '#tests/bench/payments/payments-bench'
import { until } from '#tests/until'

const warmApplications = 500

/** Longest wait for payments that are to come. */
export const openedMsMax = 5 * 60_000

/** Payments of one service that can be paid, a second: as many applications as the sizes say, all there at once. */
export async function createdPerSecond(
  { stack, sizes }: PaymentsBench,
  service: string,
  creations: Creations,
): Promise<number> {
  const within = { msMax: openedMsMax, signal: stack.signal }
  const record = await recordsOf<Application>(stack, applications)
  const write = (from: number, count: number) =>
    writeAll(stack, applications.name, count, (n) => record(applicationOf(from + n, service)))
  await write(0, warmApplications)
  await until('the first payments', () => creations.count === warmApplications, within)
  const beganAtMs = performance.now()
  await write(warmApplications, sizes.applications)
  const all = warmApplications + sizes.applications
  await until('every payment', () => creations.count === all, within)
  const lastAtMs = Math.max(
    ...Array.from({ length: sizes.applications }, (_, n) =>
      creations.openedAtMs(warmApplications + n),
    ),
  )
  const perSecond = sizes.applications / ((lastAtMs - beganAtMs) / 1_000)
  stack.report(`created: ${perSecond.toFixed(0)}/s`)
  return perSecond
}
