import { join } from 'node:path'
import type { AppSpec } from '#apps/corrente/app-process'
import { type ChildApp, runChild } from '#apps/corrente/child-app'
import { addressesOf, demoApps } from '#apps/corrente/demo-apps'
import { type Postgres, startPostgres } from '#compose/embedded/postgres'
import { Killable } from '#tests/killable'
import { secondWorkerOf } from '#tests/second-worker'
import type { OwnStack } from '#tests/soak/installed'
import { platformOf, type TestStack } from '#tests/stack'

/** All that debits need, each a process as `npm start` has it. */
export interface DebitsInstallation {
  readonly stack: TestStack
  /** The environment of its processes. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Where the edge is. */
  readonly url: string
  /** The worker, and another one beside it that is not started yet. Neither is started again by itself. */
  readonly worker: Killable
  readonly second: Killable
  /** These are. */
  readonly edge: ChildApp
  readonly projector: ChildApp
  /** Starts Postgres where it does not run. */
  startPostgres(): Promise<Postgres>
  /** Starts what of broker and registry does not run. */
  startBroker(): Promise<unknown>
  stop(): Promise<void>
}

export async function startDebits(
  { stack, restart }: OwnStack,
  report: (line: string) => void,
): Promise<DebitsInstallation> {
  const { dataDir, portBase } = stack
  const postgres = () => startPostgres({ dataDir, portBase, report })
  const { url } = await postgres()
  const platform = { ...process.env, ...platformOf(stack), DATABASE_URL: url }
  const { own } = demoApps({ dataDir, portBase, platform })
  const specOf = (name: string): AppSpec => own.find((spec) => spec.name === name)!
  const logs = join(dataDir, 'logs')
  const worker = new Killable(specOf('worker'), logs)
  const second = new Killable(secondWorkerOf(specOf('worker'), portBase), logs)
  const kept: ChildApp[] = []
  const stop = async () => {
    worker.signal('SIGCONT')
    await Promise.all([worker.drain(), second.drain(), ...kept.map((app) => app.stop())])
  }
  try {
    const [edge, projector] = await Promise.all([
      runChild(specOf('debit-edge'), { logs, report }),
      runChild(specOf('debit-projector'), { logs, report }),
      worker.start(),
    ])
    kept.push(edge, projector)
    return {
      ...{ stack, env: specOf('debit-edge').env, worker, second, edge, projector, stop },
      url: addressesOf(portBase).debitEdge,
      startPostgres: postgres,
      startBroker: restart,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
