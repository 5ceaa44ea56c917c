import { codecOf } from '#schemas/codec'
import type { Payment } from '#schemas/generated/types'
import { payments } from '#schemas/topics'
import type { SideProcess } from '#tests/bench/engine/side-process'
import { Creations } from '#tests/bench/payments/creations'
import { type PaymentsBench, whileRunning } from '#tests/bench/payments/payments-bench'
import type { Platform } from '#tests/bench/payments/platform'
import { openWatcher } from '#tests/bench/watcher'

const registryBytes = 5
const { type: paymentType } = codecOf('corrente.payments.Payment')

/** Intermediary, worker and proxy over a platform without payments; what is written on `payments` is watched. */
export async function withCreations<Result>(
  bench: PaymentsBench,
  startIntermediary: (platform: Platform) => Promise<SideProcess>,
  work: (creations: Creations) => Promise<Result>,
): Promise<Result> {
  const { platform, stack } = bench
  return whileRunning(bench, async () => {
    await platform.fresh()
    const intermediary = await startIntermediary(platform)
    try {
      await Promise.all([platform.start('worker'), platform.start('payment-proxy')])
      const creations = new Creations()
      const watcher = await openWatcher(stack.kafka, payments, ({ value }, atMs) =>
        creations.add(paymentType.fromBuffer(value!.subarray(registryBytes)) as Payment, atMs),
      )
      try {
        return await work(creations)
      } finally {
        await watcher.close()
      }
    } finally {
      await intermediary.stop()
    }
  })
}
