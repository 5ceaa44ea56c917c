import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type AppSpec, logPathOf, spawnApp } from '#apps/corrente/app-process'
import { addressesOf } from '#apps/corrente/demo-apps'
import { until } from '#tests/until'

export type AppName =
  | 'worker'
  | 'second-worker'
  | 'payment-proxy'
  | 'ksql-standin'
  | 'payments-poller'
  | 'debit-edge'
  | 'debit-projector'

/** An app that runs. */
export interface RunningApp {
  readonly pid: number
  /** Resolves once it answers that all is well; throws where it ends before. */
  readonly ready: () => Promise<void>
  /** Throws where it has ended. */
  readonly assertRuns: () => void
  /** SIGTERM. */
  stop(): Promise<void>
  /** SIGKILL. Resolves with the moment of it, `performance.now()`, once it is gone. */
  kill(): Promise<number>
}

/** A worker that reads a million rows back is long in coming. */
const readyMsMax = 15 * 60_000

interface Options {
  readonly specOf: (name: AppName) => AppSpec
  /** Logs lie in a folder of it. */
  readonly folder: string
  readonly portBase: number
  /** Folder for CPU profiles. */
  readonly profile: string | undefined
  readonly signal: AbortSignal
}

/** The apps that run. */
export class RunningApps {
  readonly #options: Options
  readonly #running = new Set<RunningApp>()

  constructor(options: Options) {
    this.#options = options
  }

  /** Starts an app, which is not ready yet. */
  launch(name: AppName): RunningApp {
    const { specOf, folder, portBase, profile, signal } = this.#options
    const spec = specOf(name)
    const logs = join(folder, 'logs')
    const app = spawnApp(profiled(spec, profile), logs)
    const assertRuns = () => {
      if (!app.isOver()) return
      throw new Error(`${name} ended by itself; its log: ${logPathOf(logs, spec.name)}`)
    }
    const running = this.#running
    const launched: RunningApp = {
      pid: app.pid ?? 0,
      ready: () => answering({ name, url: readyUrlOf(spec, portBase) }, assertRuns, signal),
      assertRuns,
      async stop() {
        running.delete(launched)
        await app.drain()
      },
      async kill() {
        running.delete(launched)
        const atMs = performance.now()
        app.kill()
        await app.ended
        return atMs
      },
    }
    running.add(launched)
    return launched
  }

  /** Stops them all. */
  async stop(): Promise<void> {
    await Promise.all([...this.#running].map((app) => app.stop()))
  }
}

const profiled = (spec: AppSpec, profile: string | undefined): AppSpec =>
  profile === undefined
    ? spec
    : {
        ...spec,
        nodeOptions: [...(spec.nodeOptions ?? []), '--cpu-prof', `--cpu-prof-dir=${profile}`],
      }

const readyUrlOf = ({ name, readyUrl }: AppSpec, portBase: number): string =>
  name === 'ksql-standin' ? `${addressesOf(portBase).ksqldb}/info` : readyUrl

async function answering(
  { name, url }: { readonly name: string; readonly url: string },
  assertRuns: () => void,
  signal: AbortSignal,
): Promise<void> {
  const isWell = async () => {
    assertRuns()
    const answer = await fetch(url).catch(() => undefined)
    await answer?.body?.cancel()
    if (!answer?.ok) await sleep(200)
    return answer?.ok ?? false
  }
  await until(`${name} to be ready`, isWell, { msMax: readyMsMax, signal })
}
