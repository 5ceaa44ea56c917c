import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ChildApp, type ChildSpec, runChild } from '#apps/corrente/child-app'
import { addressesOf, demoApps } from '#apps/corrente/demo-apps'
import { root } from '#apps/corrente/place'
import { seed } from '#apps/corrente/seed'
import { platformSettings } from '#apps/platform/settings'
import { openPublisher } from '#core/publisher'
import { newWire } from '#core/wire'
import { serviceConfigurations, tenantConfigurations } from '#schemas/topics'
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

const readyMsMax = 60_000
const drainMsMax = 20_000

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
  let worker: ChildProcess | undefined

  const endWorker = async () => {
    const ended = exitOf(worker)
    const at = Date.now()
    worker?.kill('SIGKILL')
    await ended
    return at
  }
  const startWorker = async () => {
    worker = spawnApp(workerSpec, logs)
    await ready(workerSpec.readyUrl, worker)
  }
  const stop = async () => {
    await drained(worker)
    for (const app of running.reverse()) await app.stop()
  }
  try {
    await configured(stack, platform)
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
      process.kill(running.find(({ name }) => name === 'payment-proxy')!.pid()!, 'SIGKILL')
      return Date.now()
    },
    async killWorker() {
      const at = await endWorker()
      worker = spawnApp(workerSpec, logs)
      return at
    },
  }
}

async function configured(stack: TestStack, platform: Parameters<typeof platformSettings>[0]) {
  const settings = platformSettings(platform)
  const wire = newWire(settings.wire)
  await wire.prepareWrite([tenantConfigurations, serviceConfigurations])
  const publisher = await openPublisher(settings.kafka, wire, 'test:1.0.0')
  await seed(publisher, stack).finally(() => publisher.close())
}

function spawnApp({ name, args, env }: ChildSpec, logs: string): ChildProcess {
  mkdirSync(logs, { recursive: true })
  const log = openSync(join(logs, `${name}.log`), 'a')
  try {
    // The channel ends the app when this process is gone.
    return spawn(process.execPath, [join(root, 'bin', 'corrente.cjs'), name, ...args], {
      cwd: root,
      env,
      stdio: ['ignore', log, log, 'ipc'],
    })
  } finally {
    closeSync(log)
  }
}

const isOver = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null

const exitOf = async (child: ChildProcess | undefined): Promise<void> => {
  if (!child || isOver(child)) return
  await new Promise((resolve) => child.once('exit', resolve))
}

async function drained(child: ChildProcess | undefined): Promise<void> {
  if (!child || isOver(child)) return
  const ended = exitOf(child)
  const timer = setTimeout(() => child.kill('SIGKILL'), drainMsMax)
  child.kill('SIGTERM')
  await ended
  clearTimeout(timer)
}

async function ready(url: string, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + readyMsMax
  while (performance.now() < deadline && !isOver(child)) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined)
    await answer?.body?.cancel()
    if (answer?.ok) return
    await sleep(100)
  }
  throw new Error(`the worker does not become ready at ${url}; look at its log`)
}
