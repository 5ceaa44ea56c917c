import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import {
  exampleBody,
  exampleConfiguration,
  exampleNotified,
} from '#connectors/iris/example-configuration'
import { startExampleEar } from '#connectors/iris/example-ear'
import { iris } from '#connectors/iris/index'
import { startIrisSandbox } from '#connectors/iris/sandbox'
import {
  exampleAddresses,
  exampleOnlinePayment,
  examplePayment,
  iudFor,
} from '#sandboxes/example-payment'
import type { Payment } from '#schemas/generated/types'

export type ExampleRun = Awaited<ReturnType<typeof startExampleRun>>

/** A sandbox with a data file, an ear for its messages, and the words tests use about them. */
export const startExampleRun = async (sessionMs?: number) => {
  const folder = mkdtempSync(join(tmpdir(), 'iris-'))
  const dataFile = join(folder, 'run', 'pendencies.jsonl')
  const configuration = (changes = {}) => exampleConfiguration(sandbox, changes)
  const connected = (changes = {}) => iris.connect(configuration(changes))
  const ear = await startExampleEar(() => connected())
  const notify = { url: ear.url, ...exampleNotified }
  const options = { ...exampleBody, notify, dataFile, ...(sessionMs ? { sessionMs } : {}) }
  let sandbox = await startIrisSandbox(options)

  const openPayment = (payment: Payment, changes = {}) => {
    const request = iris.composeOpening(payment, configuration(changes))
    return connected(changes).openDebtPosition(request, exampleAddresses)
  }
  const begin = async (cents: number) =>
    (await connected().beginOnlinePayment(exampleOnlinePayment(cents))).url
  const post = (url: string, path = '/gateway') =>
    fetch(url.replace('/gateway?', `${path}?`), { method: 'POST', redirect: 'manual' })

  return {
    dataFile,
    ear,
    sandbox: () => sandbox,
    configuration,
    connected,
    openPayment,
    open: (cents: number, changes = {}) => openPayment(examplePayment({ amount: cents }), changes),
    begin,
    post,
    payNow: (cents: number) => fetch(`${sandbox.url}/pay-now/${iudFor(cents)}`, { method: 'POST' }),
    find: (cents: number, changes = {}) => connected(changes).findSettlement(iudFor(cents)),
    notified: (times: number) =>
      expect.poll(() => sandbox.counters().notifications, { timeout: 5_000 }).toBe(times),
    restart: async () => {
      await sandbox.stop()
      sandbox = await startIrisSandbox(options)
    },
    stop: async () => {
      await Promise.all([sandbox.stop(), ear.stop()])
      rmSync(folder, { recursive: true })
    },
  }
}
