import { setTimeout as sleep } from 'node:timers/promises'
import type { Fault } from '#tests/bench/debits/fault-windows'
import type { PaymentsBench } from '#tests/bench/payments/payments-bench'
import type { RunningApp } from '#tests/bench/payments/running-apps'

type Step = readonly [name: string, share: number, work: () => Promise<unknown>]

/**
 * What is done to debits while they are asked for: the authoriser is killed and started again, another one joins it and
 * leaves, the broker restarts; each at its share of the time. Resolves when the time is over.
 */
export async function playFaults(
  { platform, stack }: Pick<PaymentsBench, 'platform' | 'stack'>,
  worker: RunningApp,
  forMs: number,
): Promise<readonly Fault[]> {
  const { signal, report } = stack
  let second: RunningApp | undefined
  const killed = async () => {
    await worker.kill()
    await platform.start('worker')
  }
  const joined = async () => (second = await platform.start('second-worker'))
  const steps: readonly Step[] = [
    ['kill -9 of the authoriser', 0.2, killed],
    ['another one joins', 0.4, joined],
    ['it leaves', 0.55, async () => second?.stop()],
    ['the broker restarts', 0.75, () => stack.restartBroker()],
  ]
  const beganAtMs = performance.now()
  const untilShare = (share: number) =>
    sleep(Math.max(0, beganAtMs + share * forMs - performance.now()), undefined, { signal })
  const faults: Fault[] = []
  for (const [name, share, work] of steps) {
    await untilShare(share)
    report(`open1000: ${name}`)
    const fromMs = performance.now()
    await work()
    faults.push({ name, fromMs, toMs: performance.now() })
  }
  await untilShare(1)
  return faults
}
