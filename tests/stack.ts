import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { applyContracts } from '#apps/platform/contracts'
import { declaredUnits } from '#apps/platform/declared-units'
import { platformSettings } from '#apps/platform/settings'
import { startStack } from '#compose/embedded/stack'
import { freePortBase } from '#tests/free-ports'

/** What the tests of a run share: a real broker and registry with the platform's topics and schemas. */
export interface TestStack {
  readonly portBase: number
  readonly dataDir: string
  readonly brokers: string
  readonly registryUrl: string
}

declare module 'vitest' {
  interface ProvidedContext {
    stack: TestStack
  }
}

/** The environment that points at a stack. */
export const platformOf = ({ brokers, registryUrl }: TestStack) => ({
  KAFKA_BROKERS: brokers,
  SCHEMA_REGISTRY_URL: registryUrl,
  LOG_LEVEL: 'info',
  // What tells an application that its payment failed is not waited for, but where a test is about that.
  CORRENTE_RETRY_WINDOW_SECONDS: '0',
})

/**
 * A stack with the platform's topics and schemas. Commands find it by its port base, the folder above its own being their
 * CORRENTE_HOME; that one goes with it.
 */
export async function startTestStack(
  report: (line: string) => void,
): Promise<{ readonly stack: TestStack; stop(): Promise<void> }> {
  if (Number(process.env['UV_THREADPOOL_SIZE'] ?? 4) < 32) {
    throw new Error('each consumer that waits holds a thread: start by npm run end-to-end')
  }
  const home = mkdtempSync(join(tmpdir(), 'corrente-test-'))
  const portBase = await freePortBase()
  const dataDir = join(home, `stack-${portBase}`)
  const remove = () => rmSync(home, { recursive: true, force: true })
  const options = { dataDir, portBase, report, profile: 'test' } as const
  const { brokers, registryUrl, stop } = await startStack(options).catch((error: unknown) => {
    remove()
    throw error
  })
  const teardown = async () => {
    await stop()
    remove()
  }
  try {
    const stack: TestStack = { portBase, dataDir, brokers, registryUrl }
    await applyContracts(platformSettings(platformOf(stack)), declaredUnits)
    return { stack, stop: teardown }
  } catch (error) {
    await teardown()
    throw error
  }
}

/** One stack for all tests of a group. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { stack, stop } = await startTestStack((line) => process.stderr.write(`${line}\n`))
  project.provide('stack', stack)
  return stop
}
