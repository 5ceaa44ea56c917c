import { execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { Kafka, logLevel, Partitioners } from 'kafkajs'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { createTopics } from '#apps/platform/create-topics'
import { pidPathOf, readPidFile } from '#compose/embedded/pid-file'
import { stackPorts } from '#compose/embedded/ports'
import type { Stack } from '#compose/embedded/stack'
import { findStack, startStack, stopStack } from '#compose/embedded/stack'
import { freePortBase } from '#tests/free-ports'

const report = (line: string) => console.log(line)
const startMsMax = 300_000

let dataDir = ''
let portBase = 0
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'stack-e2e-'))
  portBase = await freePortBase()
})
afterAll(async () => {
  await stopStack(dataDir, report)
  await rm(dataDir, { recursive: true, force: true })
}, 60_000)

const start = (): Promise<Stack> => startStack({ dataDir, portBase, report, profile: 'test' })

it(
  'is started by one of two launchers, and found by the other',
  { timeout: startMsMax },
  async () => {
    const stacks = await Promise.all([start(), start()])
    expect(stacks.map(({ wasRunning }) => wasRunning).sort()).toEqual([false, true])
    expect((await start()).wasRunning).toBe(true)
    expect(await findStack(dataDir)).toMatchObject({
      brokers: `127.0.0.1:${stackPorts(portBase).kafka}`,
      registryUrl: `http://127.0.0.1:${stackPorts(portBase).registry}/apis/ccompat/v7`,
    })
    expect(ownCommands()).toHaveLength(2)
  },
)

it('keeps records and schemas when everything is killed', { timeout: startMsMax }, async () => {
  const { brokers, registryUrl } = await start()
  const values = ['1', '2', '3']
  await writeInOneTransaction(brokers, values)
  const ids = []
  for (const name of values) ids.push(await registerSchema(registryUrl, name))
  for (const name of ['kafka', 'registry']) process.kill(pidOf(name), 'SIGKILL')

  const restarted = await start()
  expect(restarted.wasRunning).toBe(false)
  expect(await readAll(restarted.brokers, values.length)).toEqual(values)
  // Looked up, not registered anew: a registry that lost all would give the same ids again.
  for (const [index, name] of values.entries()) {
    const latest = await fetchJson(`${registryUrl}/subjects/kept-${name}/versions/latest`)
    expect(latest).toMatchObject({ subject: `kept-${name}`, id: ids[index] })
  }
  expect(await fetchJson(`${registryUrl}/config`)).toEqual({ compatibilityLevel: 'BACKWARD' })
})

it('is adopted after the launcher was killed half way', { timeout: startMsMax }, async () => {
  await stopStack(dataDir, report)
  const script =
    `const { startStack } = await import('#compose/embedded/stack')\n` +
    `await startStack({ ...${JSON.stringify({ dataDir, portBase })}, report() {} })`
  const args = ['--import', 'tsx', '--input-type=module', '-e', script]
  const launcher = spawn(process.execPath, args, { stdio: 'inherit' })
  await expect
    .poll(() => ['kafka', 'registry'].every((name) => existsSync(pidPathOf(dataDir, name))), {
      timeout: 30_000,
    })
    .toBe(true)
  const pids = [pidOf('kafka'), pidOf('registry')]
  launcher.kill('SIGKILL')

  const stack = await start()
  expect(stack.wasRunning).toBe(true)
  expect([pidOf('kafka'), pidOf('registry')]).toEqual(pids)
  await stack.stop()
  expect(ownCommands()).toEqual([])
})

it('names the port that another program has, and starts nothing', { timeout: 60_000 }, async () => {
  const { registry } = stackPorts(portBase)
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(registry, '127.0.0.1', resolve))
  await expect(start()).rejects.toThrow(
    `port ${registry} (wanted by Apicurio Registry 3.0.9) is taken by another program: ` +
      'stop that program, or choose other ports with --port-base',
  )
  expect(ownCommands()).toEqual([])
  await new Promise((resolve) => server.close(resolve))
})

const pidOf = (name: string): number => readPidFile(pidPathOf(dataDir, name))?.pid ?? Number.NaN

const ownCommands = (): string[] =>
  execFileSync('ps', ['-ww', '-eo', 'command='], { encoding: 'utf8' })
    .split('\n')
    .filter((command) => command.includes(dataDir))

const topic = 'kept'

const clientOf = (brokers: string) => new Kafka({ brokers: [brokers], logLevel: logLevel.NOTHING })

const writeInOneTransaction = async (brokers: string, values: readonly string[]) => {
  await createTopics({ brokers }, [{ topic, numPartitions: 1 }])
  const producer = clientOf(brokers).producer({
    transactionalId: 'keeper',
    maxInFlightRequests: 1,
    idempotent: true,
    createPartitioner: Partitioners.DefaultPartitioner,
  })
  await producer.connect()
  const transaction = await producer.transaction()
  await transaction.send({ topic, messages: values.map((value) => ({ value })) })
  await transaction.commit()
  await producer.disconnect()
}

const readAll = async (brokers: string, count: number): Promise<string[]> => {
  const consumer = clientOf(brokers).consumer({ groupId: 'reader' })
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: true })
  const values: string[] = []
  await consumer.run({
    eachMessage: async ({ message }) => void values.push(String(message.value)),
  })
  await expect.poll(() => values.length, { timeout: 30_000 }).toBe(count)
  await consumer.disconnect()
  return values
}

const registerSchema = async (registryUrl: string, name: string): Promise<number> => {
  const fields = [{ name: 'id', type: 'string' }]
  const schema = JSON.stringify({ type: 'record', name: `Kept${name}`, fields })
  const answer = await fetchJson(`${registryUrl}/subjects/kept-${name}/versions`, {
    method: 'POST',
    headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
    body: JSON.stringify({ schema }),
  })
  expect(answer['id']).toEqual(expect.any(Number))
  return answer['id'] as number
}

const fetchJson = async (url: string, init: RequestInit = {}) =>
  (await (await fetch(url, init)).json()) as Record<string, unknown>
