import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import {
  exampleAccess,
  exampleConfiguration,
  exampleNotifier,
} from '#connectors/govpay/example-configuration'
import { exampleOnlinePayment, examplePayment, iudFor } from '#sandboxes/example-payment'
import { startExampleReceiver } from '#sandboxes/example-receiver'
import { govpay } from '#connectors/govpay/index'
import { startGovpaySandbox } from '#connectors/govpay/sandbox'
import type { Payment } from '#schemas/generated/types'

export type ExampleRun = Awaited<ReturnType<typeof startExampleRun>>

/** A sandbox with a data file, a receiver of its notifications, and the words tests use about them. */
export const startExampleRun = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'govpay-'))
  const dataFile = join(folder, 'run', 'pendenze.jsonl')
  const receiver = await startExampleReceiver()
  const connectorAt = (url: string) => ({
    url,
    username: exampleNotifier.notify_username,
    password: exampleNotifier.notify_password,
    version: 'v2' as const,
  })
  const start = () =>
    startGovpaySandbox({
      password: exampleAccess.password,
      dataFile,
      notify: connectorAt(receiver.url),
    })
  let sandbox = await start()

  const landing = 'http://127.0.0.1:9/landing/1'
  const configuration = () => exampleConfiguration(sandbox.url)
  const connected = () => govpay.connect(configuration())
  const openPayment = (payment: Payment) => {
    const request = govpay.composeOpening(payment, configuration())
    return connected().openDebtPosition(request, { landing, notify: receiver.url })
  }
  const settlements = () =>
    receiver.notifications.flatMap((each) => connected().readNotification?.(each) ?? [])

  return {
    dataFile,
    landing,
    receiver,
    connectorAt,
    sandbox: () => sandbox,
    configuration,
    connected,
    openPayment,
    /** A page to pay at. */
    begin: (cents: number) =>
      connected().beginOnlinePayment(
        exampleOnlinePayment(cents, { addresses: { landing, notify: receiver.url } }),
      ),
    open: (cents: number) => openPayment(examplePayment({ amount: cents })),
    settlement: (cents: number) => connected().findSettlement(iudFor(cents)),
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
      sandbox = await start()
    },
    stop: async () => {
      await Promise.all([sandbox.stop(), receiver.stop()])
      rmSync(folder, { recursive: true })
    },
  }
}
