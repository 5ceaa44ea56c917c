import type { RowGroup } from '#tests/bench/measured-runs'
import type { BenchStack } from '#tests/bench/engine/bench-stack'
import type { Platform } from '#tests/bench/payments/platform'
import type { Sizes } from '#tests/bench/payments/sizes'

/** What the rows of payments are measured with. */
export interface PaymentsBench {
  readonly stack: BenchStack
  readonly platform: Platform
  readonly sizes: Sizes
}

/** Rows that are measured together. */
export interface PaymentsGroup extends RowGroup<PaymentsBench> {
  /** What its figures depend on: where one is smaller than in full, the rows say so. */
  readonly sizes: readonly (keyof Sizes)[]
}

/** Stops every app when the work is over, however it ends. */
export async function whileRunning<Result>(
  { platform }: PaymentsBench,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } finally {
    await platform.stop()
  }
}
