import { join } from 'node:path'
import { type AppProcess, spawnApp } from '#apps/corrente/app-process'
import { type ChildApp, runChild } from '#apps/corrente/child-app'
import { addressesOf, demoApps } from '#apps/corrente/demo-apps'
import { seed } from '#apps/corrente/seed'
import { platformSettings } from '#apps/platform/settings'
import { platformOf, type TestStack } from '#tests/stack'

/** Every app of an embedded installation, with a worker and a payment proxy that can be killed. */
export interface TestInstallation {
  readonly addresses: ReturnType<typeof addressesOf>
  /** SIGKILL to the worker, and a new one at once. Resolves with the moment of the kill, epoch milliseconds. */
  killWorker(): Promise<number>
  /** SIGKILL to the worker; `startWorker` brings the next. */
  endWorker(): Promise<number>
  startWorker(): Promise<void>
  /** SIGKILL to the payment proxy, which is started again by itself. Resolves with the moment of the kill. */
  killProxy(): Promise<number>
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
  const running: ChildApp[] = []
  const workerSpec = own.find(({ name }) => name === 'worker')!
  let worker: AppProcess | undefined

  const endWorker = async () => {
    const at = Date.now()
    worker?.kill()
    await worker?.ended
    return at
  }
  const startWorker = async () => {
    worker = spawnApp(workerSpec, logs)
    await worker.ready()
  }
  const stop = async () => {
    await worker?.drain()
    for (const app of running.reverse()) await app.stop()
  }
  try {
    await seed(platformSettings(platform), stack)
    for (const spec of [sandbox, ...own.filter((one) => one !== workerSpec)]) {
      running.push(await runChild(spec, { logs, report }))
    }
    await startWorker()
  } catch (error) {
    await stop()
    throw error
  }
  return {
    addresses: addressesOf(portBase),
    endWorker,
    startWorker,
    stop,
    async killProxy() {
      running.find(({ name }) => name === 'payment-proxy')!.kill()
      return Date.now()
    },
    async killWorker() {
      const at = await endWorker()
      worker = spawnApp(workerSpec, logs)
      return at
    },
  }
}
