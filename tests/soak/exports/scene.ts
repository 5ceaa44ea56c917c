import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AppSpec } from '#apps/corrente/app-process'
import { type ChildApp, runChild } from '#apps/corrente/child-app'
import { addressesOf, demoApps } from '#apps/corrente/demo-apps'
import { ExportsClient } from '#apps/corrente/exports/exports-client'
import { secretsOf } from '#apps/corrente/secrets'
import { type S3Sandbox, startS3Sandbox } from '#connectors/object-store-s3/sandbox'
import { demoCsv } from '#tests/exported'
import { sandboxEnvOf } from '#tests/export-scene'
import { exportUnits } from '#tests/export-units'
import { Killable } from '#tests/killable'
import { secondWorkerOf } from '#tests/second-worker'
import { batches, tenants } from '#tests/soak/exports/wishes'
import type { OwnStack } from '#tests/soak/installed'
import { platformOf, type TestStack } from '#tests/stack'

/** All that exports need, each a process as `npm start` has it, and a store that has bad days. */
export interface ExportsInstallation {
  readonly stack: TestStack
  readonly client: ExportsClient
  readonly apiUrl: string
  readonly sandbox: S3Sandbox
  /** The worker, and another one beside it that is not started yet. Neither is started again by itself. */
  readonly worker: Killable
  readonly second: Killable
  readonly spec: AppSpec
  readonly logs: string
  /** This one is. */
  readonly api: ChildApp
  /** Starts what of broker and registry does not run. */
  startBroker(): Promise<unknown>
  stop(): Promise<void>
}

/** What movements are as of, so that their archives have the same bytes. */
const asOf = new Date('2026-01-31T23:00:00Z')

export const movementsOf = ({ dataDir }: Pick<TestStack, 'dataDir'>, tenant: string): string =>
  join(dataDir, 'movements', tenant)

export async function startExports(
  { stack, restart }: OwnStack,
  report: (line: string) => void,
): Promise<ExportsInstallation> {
  const { dataDir, portBase } = stack
  await putMovements(stack)
  const sandbox = await startS3Sandbox({ keepsRequests: false })
  const platform = { ...process.env, ...platformOf(stack), ...sandboxEnvOf(sandbox) }
  const { own } = demoApps({ dataDir, portBase, platform })
  const specOf = (name: string): AppSpec => own.find((one) => one.name === name)!
  const logs = join(dataDir, 'logs')
  const whole = specOf('worker')
  const spec = { ...whole, args: [...whole.args, '--only', exportUnits.join(',')] }
  const worker = new Killable(spec, logs)
  const second = new Killable(secondWorkerOf(spec, portBase), logs)
  const apiUrl = addressesOf(portBase).exportsApi
  let api: ChildApp | undefined
  const stop = async () => {
    worker.signal('SIGCONT')
    await Promise.all([worker.drain(), second.drain(), api?.stop()])
    await sandbox.stop()
  }
  try {
    const started = await Promise.all([
      runChild(specOf('exports-api'), { logs, report }),
      worker.start(),
    ])
    api = started[0]
  } catch (error) {
    await stop()
    throw error
  }
  const client = new ExportsClient(apiUrl, secretsOf(dataDir).exportsToken)
  const parts = { stack, client, apiUrl, sandbox, worker, second, spec, logs, api }
  return { ...parts, startBroker: restart, stop }
}

async function putMovements(stack: TestStack): Promise<void> {
  for (const tenant of tenants) mkdirSync(movementsOf(stack, tenant), { recursive: true })
  for (const { tenant, name, receipts, seed } of batches) {
    const file = join(movementsOf(stack, tenant), `${name}.csv`)
    writeFileSync(file, await demoCsv(receipts, seed))
    utimesSync(file, asOf, asOf)
  }
}
