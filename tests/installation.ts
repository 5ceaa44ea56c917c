import { join } from 'node:path'
import { type ChildApp, runChild } from '#apps/corrente/child-app'
import { addressesOf, demoApps } from '#apps/corrente/demo-apps'
import { keepOperators } from '#apps/corrente/own-operators'
import { seed } from '#apps/corrente/seed'
import { Killable } from '#tests/killable'
import { secondWorkerOf } from '#tests/second-worker'
import { platformOf, type TestStack } from '#tests/stack'

/** Every app of an embedded installation; workers, payment proxy, poller and outside parties can be killed. */
export interface TestInstallation {
  readonly addresses: ReturnType<typeof addressesOf>
  /** SIGKILL to the worker, and a new one at once. Resolves with the moment of the kill, epoch milliseconds. */
  killWorker(): Promise<number>
  /** SIGKILL to the worker; `startWorker` brings the next. */
  endWorker(): Promise<number>
  startWorker(): Promise<void>
  /** A second worker beside the first, in a slot of its own. */
  joinWorker(): Promise<void>
  /** SIGKILL to the outside parties; `startSandbox` brings them back, with all they knew. */
  endSandbox(): Promise<void>
  startSandbox(): Promise<void>
  /** SIGKILL to the payment proxy, which is started again by itself. Resolves with the moment of the kill. */
  killProxy(): Promise<number>
  /** The same of the poller of payments. */
  killPoller(): Promise<number>
  /** Drains all. */
  stop(): Promise<void>
}

/** Starts the apps on a stack that runs; topics and schemas are there already. */
export async function startInstallation(
  stack: TestStack,
  report: (line: string) => void,
): Promise<TestInstallation> {
  const { dataDir, portBase } = stack
  const platform = { ...process.env, ...platformOf(stack) }
  const { sandbox, own } = demoApps({ dataDir, portBase, platform })
  const logs = join(dataDir, 'logs')
  const workerSpec = own.find(({ name }) => name === 'worker')!
  const worker = new Killable(workerSpec, logs)
  const secondWorker = new Killable(secondWorkerOf(workerSpec, portBase), logs)
  const outside = new Killable(sandbox, logs)
  const running: ChildApp[] = []

  const stop = async () => {
    await Promise.all([worker.drain(), secondWorker.drain()])
    for (const app of running.reverse()) await app.stop()
    await outside.drain()
  }
  const killed = async (name: string) => {
    running.find((app) => app.name === name)!.kill()
    return Date.now()
  }
  try {
    await keepOperators(dataDir)
    await outside.start()
    for (const spec of own.filter((one) => one !== workerSpec)) {
      running.push(await runChild(spec, { logs, report }))
    }
    await worker.start()
    await seed(stack)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    addresses: addressesOf(portBase),
    endWorker: () => worker.kill(),
    startWorker: () => worker.start(),
    joinWorker: () => secondWorker.start(),
    endSandbox: async () => void (await outside.kill()),
    startSandbox: () => outside.start(),
    stop,
    killProxy: () => killed('payment-proxy'),
    killPoller: () => killed('payments-poller'),
    async killWorker() {
      const at = await worker.kill()
      worker.begin()
      return at
    },
  }
}
