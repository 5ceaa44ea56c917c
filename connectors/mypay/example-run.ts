import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { mypayClient } from '#connectors/mypay/client'
import { tenantOf } from '#connectors/mypay/config'
import {
  exampleBody,
  exampleConfiguration,
  exampleNotifySecret,
} from '#connectors/mypay/example-configuration'
import { exampleOnlinePayment, examplePayment } from '#connectors/mypay/example-payment'
import { mypay } from '#connectors/mypay/index'
import { startMypaySandbox } from '#connectors/mypay/sandbox'
import { exampleAddresses, iudFor } from '#sandboxes/example-payment'
import { startExampleReceiver } from '#sandboxes/example-receiver'
import type { Payment } from '#schemas/generated/types'

export type ExampleRun = Awaited<ReturnType<typeof startExampleRun>>

/** A sandbox with a data file, a receiver of its notifications, and the words tests use about them. */
export const startExampleRun = async (refusals = 0, service: object = {}) => {
  const folder = mkdtempSync(join(tmpdir(), 'mypay-'))
  const dataFile = join(folder, 'run', 'dues.jsonl')
  const receiver = await startExampleReceiver(refusals)
  const options = {
    ...exampleBody,
    notify_url: receiver.url,
    notify_secret: exampleNotifySecret,
    dataFile,
  }
  let sandbox = await startMypaySandbox(options)

  const configuration = () => {
    const forms = exampleConfiguration(sandbox.endpoint, { timeout_ms: 5_000 })
    return { ...forms, service: { ...(forms.service as object), ...service } }
  }
  const addresses = { ...exampleAddresses, landing: 'http://127.0.0.1:9/landing/1?a=1&b=2' }
  const connected = () => mypay.connect(configuration())
  const composed = (payment: Payment) => mypay.composeOpening(payment, configuration())
  const openPayment = (payment: Payment) =>
    connected().openDebtPosition(composed(payment), exampleAddresses)
  const settlements = () =>
    receiver.notifications.flatMap((each) => connected().readNotification?.(each) ?? [])

  return {
    dataFile,
    receiver,
    sandbox: () => sandbox,
    connected,
    client: () => mypayClient(tenantOf(configuration())),
    composed,
    openPayment,
    urlFor: async (cents: number) => {
      const payment = exampleOnlinePayment(cents, { addresses })
      return (await connected().beginOnlinePayment(payment)).url
    },
    open: (cents: number) => openPayment(examplePayment({ amount: cents })),
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
      sandbox = await startMypaySandbox(options)
    },
    stop: async () => {
      await Promise.all([sandbox.stop(), receiver.stop()])
      rmSync(folder, { recursive: true })
    },
  }
}
