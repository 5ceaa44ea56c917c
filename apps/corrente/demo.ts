import { type ChildApp, runChild } from '#apps/corrente/child-app'
import { demoApps } from '#apps/corrente/demo-apps'
import { seed } from '#apps/corrente/seed'
import { applyContracts } from '#apps/platform/contracts'
import { declaredUnits } from '#apps/platform/declared-units'
import { seedEdge } from '#apps/platform/edges'
import { platformSettings } from '#apps/platform/settings'
import { openPublisher } from '#core/publisher'
import { appVersion } from '#core/version'
import { newWire } from '#core/wire'
import { join } from 'node:path'

export interface Installation {
  readonly dataDir: string
  readonly portBase: number
  readonly platform: Readonly<Record<string, string | undefined>>
}

/** The apps of an installation, running. */
export interface Demo {
  /** Drains them: ours first, the outside parties last. */
  stop(): Promise<void>
}

/** Topics, schemas, a seeded body, and every app as a process of its own, ready. */
export async function startDemo(
  installation: Installation,
  report: (line: string) => void,
): Promise<Demo> {
  const { dataDir, platform } = installation
  const { sandbox, own } = demoApps(installation)
  const options = { logs: join(dataDir, 'logs'), report }
  const running: ChildApp[] = []
  const started = async (spec: Parameters<typeof runChild>[0]) => {
    running.push(await runChild(spec, options))
  }
  const stop = async () => {
    const last = running.filter(({ name }) => name === sandbox.name)
    await Promise.all(running.filter((app) => !last.includes(app)).map((app) => app.stop()))
    await Promise.all(last.map((app) => app.stop()))
  }
  try {
    await all([prepare(installation, platform), started(sandbox)])
    await all(own.map(started))
    return { stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Waits for every one, also when one fails: what is half started could not be stopped. */
async function all(works: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(works)).find(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected') throw failed.reason
}

async function prepare(installation: Installation, platform: Installation['platform']) {
  const settings = platformSettings(platform)
  await applyContracts(settings, declaredUnits)
  const wire = newWire(settings.wire)
  await wire.prepareWrite(seedEdge.outputs)
  const publisher = await openPublisher(settings.kafka, wire, `corrente:${appVersion}`)
  await seed(publisher, installation).finally(() => publisher.close())
}
