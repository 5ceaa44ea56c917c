import { join } from 'node:path'
import { type AppSpec } from '#apps/corrente/app-process'
import { type ChildApp, runChild } from '#apps/corrente/child-app'
import { addressesOf, demoApps, hasDatabase, type Installation } from '#apps/corrente/demo-apps'
import { seedDemo } from '#apps/corrente/demo-intermediaries'
import { openViews } from '#apps/corrente/open-views'
import { keepOperators } from '#apps/corrente/own-operators'
import { cardKeyOf, configKeysOf } from '#apps/corrente/secrets'
import { applyContracts } from '#apps/platform/contracts'
import { declaredUnits } from '#apps/platform/declared-units'
import { platformSettings } from '#apps/platform/settings'
import { assertPortsFree } from '#compose/embedded/ports'

/** The apps of an installation, running. */
export interface Demo {
  /** The process that an app runs in now. */
  pidOf(app: string): number | undefined
  /** Drains them: ours first, the outside parties last. */
  stop(): Promise<void>
}

interface DemoOptions {
  readonly report: (line: string) => void
  /** Ends a start half way; what runs already is drained. */
  readonly signal?: AbortSignal
  /** How long apps of a former start may hold their ports yet, milliseconds. */
  readonly portsMsMax?: number
}

/**
 * Topics, schemas, every app as a process of its own, ready, and a body that is configured at each intermediary. Throws
 * a sentence where a port is taken or an app does not become ready, and at an abort.
 */
export async function startDemo(installation: Installation, options: DemoOptions): Promise<Demo> {
  const { report, signal, portsMsMax = 0 } = options
  configKeysOf(installation.dataDir, report)
  cardKeyOf(installation.dataDir, report)
  await keepOperators(installation.dataDir, report)
  const { sandbox, own } = demoApps(installation)
  await assertPortsFree(
    [sandbox, ...own].flatMap(({ claims }) => claims),
    portsMsMax,
  )
  const logs = join(installation.dataDir, 'logs')
  const running: ChildApp[] = []
  const started = async (spec: AppSpec) => {
    running.push(await runChild(spec, { logs, report, signal }))
  }
  const stop = async () => {
    const last = running.filter(({ name }) => name === sandbox.name)
    await Promise.all(running.filter((app) => !last.includes(app)).map((app) => app.stop()))
    await Promise.all(last.map((app) => app.stop()))
  }
  try {
    await all([prepare(installation), started(sandbox)])
    signal?.throwIfAborted()
    await all(own.map(started))
    signal?.throwIfAborted()
    await all([seedDemo(installation), views(installation, signal)])
    const pidOf = (app: string) => running.find(({ name }) => name === app)?.pid()
    return { pidOf, stop }
  } catch (error) {
    await stop()
    // What an abort has broken is no failure to tell of.
    signal?.throwIfAborted()
    throw error
  }
}

/** Waits for every one, also when one fails: what is half started could not be stopped. */
async function all(works: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(works)).find(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected') throw failed.reason
}

/** Analysts ask the stand-in of ksqlDB as they would ask ksqlDB. */
async function views({ platform, portBase }: Installation, signal?: AbortSignal): Promise<void> {
  if (!hasDatabase(platform)) return
  const isJson = platformSettings(platform).wire.format === 'json'
  await openViews(addressesOf(portBase).ksqldb, { isJson, signal })
}

async function prepare({ platform }: Installation): Promise<void> {
  await applyContracts(platformSettings(platform), declaredUnits)
}
