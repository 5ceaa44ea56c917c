import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { applyContracts } from '#apps/platform/contracts'
import { declaredUnits } from '#apps/platform/declared-units'
import { platformSettings } from '#apps/platform/settings'
import { startStack, stopStack } from '#compose/embedded/stack'
import { freePortBase } from '#tests/free-ports'
import { startInstallation, type TestInstallation } from '#tests/installation'
import { platformOf, type TestStack } from '#tests/stack'

/** The whole product on an embedded stack of its own. */
export interface Installed {
  readonly stack: TestStack
  readonly installation: TestInstallation
  /** Starts what of the stack does not run. */
  restart(): Promise<unknown>
}

/** An embedded stack of a soak's own, with topics and schemas. */
export type OwnStack = Omit<Installed, 'installation'>

type Report = (line: string) => void

/** Plays a soak on a stack and an installation made for it, and ends both, as `onStack` does. */
export const onInstallation = (
  report: Report,
  soak: (installed: Installed) => Promise<boolean>,
): Promise<boolean> =>
  onStack(report, async ({ stack, restart }) => {
    const installation = await startInstallation(stack, report)
    try {
      return await soak({ stack, installation, restart })
    } finally {
      await installation.stop()
    }
  })

type Soak = (own: OwnStack) => Promise<boolean>

/**
 * Plays a soak on a stack made for it, and ends that. Whether every promise was kept, as `soak` says; where one was not,
 * the folder of logs and data stays.
 */
export async function onStack(report: Report, soak: Soak): Promise<boolean> {
  const dataDir = mkdtempSync(join(tmpdir(), 'corrente-soak-'))
  // The user of Postgres goes through it to its data.
  chmodSync(dataDir, 0o711)
  // The stack outlives whoever started it; the apps do not.
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => void stopStack(dataDir, report).finally(() => process.exit(130)))
  }
  const isGood = await played(dataDir, report, soak)
  if (isGood) rmSync(dataDir, { recursive: true, force: true })
  else report(`its logs and data: ${dataDir}`)
  return isGood
}

async function played(dataDir: string, report: Report, soak: Soak): Promise<boolean> {
  const options = { dataDir, portBase: await freePortBase(), report }
  const restart = () => startStack(options)
  const started = await restart()
  const stack: TestStack = { ...options, ...started }
  try {
    await applyContracts(platformSettings(platformOf(stack)), declaredUnits)
    return await soak({ stack, restart })
  } finally {
    await started.stop()
  }
}
