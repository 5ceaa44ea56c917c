import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { applyContracts } from '#apps/platform/contracts'
import { declaredUnits } from '#apps/platform/declared-units'
import { platformSettings } from '#apps/platform/settings'
import { startStack } from '#compose/embedded/stack'

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

const offsets = [1, 2, 3, 4, 11, 12, 81, 92, 93]

const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })

/** A base all of whose ports are free; below the range the system hands out by itself. */
export async function freePortBase(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const portBase = 20_000 + 100 * Math.floor(Math.random() * 100)
    const free = await Promise.all(offsets.map((offset) => isFree(portBase + offset)))
    if (free.every(Boolean)) return portBase
  }
  throw new Error('no free ports between 20000 and 30000')
}

/** The environment that points at a stack. */
export const platformOf = ({ brokers, registryUrl }: TestStack) => ({
  KAFKA_BROKERS: brokers,
  SCHEMA_REGISTRY_URL: registryUrl,
  LOG_LEVEL: 'info',
})

/** One stack for the whole run, in a folder that goes with it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (Number(process.env['UV_THREADPOOL_SIZE'] ?? 4) < 32) {
    throw new Error('each consumer that waits holds a thread: start by npm run end-to-end')
  }
  const dataDir = mkdtempSync(join(tmpdir(), 'corrente-test-'))
  const portBase = await freePortBase()
  const report = (line: string) => process.stderr.write(`${line}\n`)
  const remove = () => rmSync(dataDir, { recursive: true, force: true })
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
    project.provide('stack', stack)
    return teardown
  } catch (error) {
    await teardown()
    throw error
  }
}
