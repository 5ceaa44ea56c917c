import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { exampleConfiguration, exampleSecrets } from '#connectors/examplepay/example-configuration'
import { examplePayment, iudFor } from '#sandboxes/example-payment'
import { startExampleReceiver } from '#sandboxes/example-receiver'
import { examplepay } from '#connectors/examplepay/index'
import { startExamplepaySandbox } from '#connectors/examplepay/sandbox'
import type { Payment } from '#schemas/generated/types'

export type ExampleRun = Awaited<ReturnType<typeof startExampleRun>>

/** A sandbox with a data file, a receiver of its notifications, and the words tests use about them. */
export const startExampleRun = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'examplepay-'))
  const dataFile = join(folder, 'run', 'pendencies.jsonl')
  const receiver = await startExampleReceiver()
  let sandbox = await startExamplepaySandbox({ ...exampleSecrets, dataFile })

  const landing = 'http://127.0.0.1:9/landing/1?a=1&b=2'
  const configuration = () => exampleConfiguration(sandbox.url, 5_000)
  const connected = () => examplepay.connect(configuration())
  const openPayment = (payment: Payment, notify = receiver.url) => {
    const request = examplepay.composeOpening(payment, configuration())
    return connected().openDebtPosition(request, { landing, notify })
  }
  const settlements = () =>
    receiver.notifications.flatMap((each) => connected().readNotification?.(each) ?? [])

  return {
    dataFile,
    landing,
    sandbox: () => sandbox,
    connected,
    openPayment,
    open: (cents: number, notify?: string) =>
      openPayment(examplePayment({ amount: cents }), notify),
    payNow: (cents: number) => fetch(`${sandbox.url}/pay-now/${iudFor(cents)}`, { method: 'POST' }),
    settlements,
    transactions: () =>
      settlements().map(
        ({ settlement }) => settlement.state === 'settled' && settlement.transaction_id,
      ),
    notified: (times: number) =>
      expect.poll(() => sandbox.counters().notifications, { timeout: 5_000 }).toBe(times),
    restart: async () => {
      await sandbox.stop()
      sandbox = await startExamplepaySandbox({ ...exampleSecrets, dataFile })
    },
    stop: async () => {
      await Promise.all([sandbox.stop(), receiver.stop()])
      rmSync(folder, { recursive: true })
    },
  }
}
