import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import {
  exampleConfiguration,
  exampleSecret,
} from '#connectors/external-page/example-configuration'
import { exampleOnlinePayment, iudFor } from '#sandboxes/example-payment'
import { startExampleReceiver } from '#sandboxes/example-receiver'
import { externalPage } from '#connectors/external-page/index'
import { startExternalPageSandbox } from '#connectors/external-page/sandbox'
import type { RejectedError } from '#core/errors'
import type { Intermediary, OnlinePayment, ReportedSettlement } from '#ports/intermediary'

export type ExampleRun = Awaited<ReturnType<typeof startExampleRun>>

/** A sandbox with a data file, a receiver of its callbacks, and the words tests use about them. */
export const startExampleRun = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'external-page-'))
  const dataFile = join(folder, 'run', 'payments.jsonl')
  const receiver = await startExampleReceiver()
  const starting = { signing_secret: exampleSecret, dataFile }
  let sandbox = await startExternalPageSandbox(starting)

  const landing = 'http://127.0.0.1:9/landing/1?a=1&b=2'
  const connected = (timeout_ms = 5_000) =>
    externalPage.connect(exampleConfiguration(sandbox, timeout_ms))
  const urlFor = async (cents: number, changes: Partial<OnlinePayment> = {}) => {
    const addresses = { landing, notify: receiver.url }
    const payment = exampleOnlinePayment(cents, { addresses, ...changes })
    return (await connected().beginOnlinePayment(payment)).url
  }
  const submit = (url: string, path = '/pay') =>
    fetch(url.replace('/pay?', `${path}?`), { method: 'POST', redirect: 'manual' })
  const read = readerOf(receiver, () => connected())

  return {
    dataFile,
    landing,
    receiver,
    sandbox: () => sandbox,
    connected,
    urlFor,
    submit,
    /** Opens the page, and pays by it. */
    pay: async (cents: number, changes?: Partial<OnlinePayment>) => {
      const url = await urlFor(cents, changes)
      await fetch(url)
      return submit(url)
    },
    payNow: (cents: number) => fetch(`${sandbox.url}/pay-now/${iudFor(cents)}`, { method: 'POST' }),
    findSettlement: (cents: number, timeout_ms?: number) =>
      connected(timeout_ms).findSettlement(iudFor(cents)),
    settlements: () => read().settlements,
    /** Codes of the callbacks that were not believed. */
    refusals: () => read().refusals,
    transactions: () =>
      read().settlements.map(
        ({ settlement }) => settlement.state === 'settled' && settlement.transaction_id,
      ),
    notified: (times: number) =>
      expect.poll(() => sandbox.counters().notifications, { timeout: 5_000 }).toBe(times),
    restart: async () => {
      await sandbox.stop()
      sandbox = await startExternalPageSandbox(starting)
    },
    stop: async () => {
      await Promise.all([sandbox.stop(), receiver.stop()])
      rmSync(folder, { recursive: true })
    },
  }
}

/** What the callbacks that have come say. Each is read once: one that comes again is refused. */
const readerOf = (
  receiver: Awaited<ReturnType<typeof startExampleReceiver>>,
  connected: () => Intermediary,
) => {
  const settlements: ReportedSettlement[] = []
  const refusals: unknown[] = []
  let readCount = 0
  return () => {
    for (const notification of receiver.notifications.slice(readCount)) {
      readCount += 1
      try {
        settlements.push(...(connected().readNotification?.(notification) ?? []))
      } catch (error) {
        refusals.push((error as RejectedError).code)
      }
    }
    return { settlements, refusals }
  }
}
