import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { placeFor } from '#compose/embedded/open-place'
import { pidPathOf, readPidFile } from '#compose/embedded/pid-file'
import { stackPorts } from '#compose/embedded/ports'
import {
  findPostgres,
  type Postgres,
  startPostgres,
  stopPostgres,
} from '#compose/embedded/postgres'
import { serverUser } from '#compose/embedded/server-user'
import { freePortBase } from '#tests/free-ports'

const reports: string[] = []
const report = (line: string) => void reports.push(line)

let dataDir = ''
let portBase = 0
beforeAll(async () => {
  // A name with a blank, as folders of people have.
  dataDir = await mkdtemp(join(tmpdir(), 'postgres e2e-'))
  await chmod(dataDir, 0o711)
  portBase = await freePortBase()
})
afterAll(async () => {
  await stopPostgres(dataDir, report)
  await rm(dataDir, { recursive: true, force: true })
})

const start = (): Promise<Postgres> => startPostgres({ dataDir, portBase, report })

it('is started by one of two launchers, and found by the other', async () => {
  const both = await Promise.all([start(), start()])
  expect(both.map(({ wasRunning }) => wasRunning).sort()).toEqual([false, true])
  expect(await findPostgres(dataDir)).toMatchObject({ url: both[0].url, wasRunning: true })
  await query('create table kept (id bigint primary key)')
})

it('sorts as bytes do, in UTF-8, and is not root’s', async () => {
  const [row] = await query(
    `select 'b' < 'a' as lower, 'Z' < 'a' as cased, current_setting('server_encoding') as encoding`,
  )
  expect(row).toEqual({ lower: false, cased: true, encoding: 'UTF8' })
  const user = execFileSync('ps', ['-o', 'uid=', '-p', String(pidOf())], { encoding: 'utf8' })
  expect(Number(user)).toBe(serverUser()?.uid ?? process.getuid?.())
})

it('keeps what was committed when it is killed, with a client in the middle of a query', async () => {
  await query('insert into kept values (1)')
  const client = await connected()
  const asleep = client.query('select pg_sleep(60)').catch((error: Error) => error.message)
  process.kill(pidOf(), 'SIGKILL')
  expect((await start()).wasRunning).toBe(false)
  expect(await query('select id from kept')).toEqual([{ id: '1' }])
  expect(await asleep).toEqual(expect.any(String))
})

it('is adopted by the pid in its own folder when our pid file is lost', async () => {
  const pid = pidOf()
  await rm(pidPathOf(dataDir, 'postgres'))
  expect((await start()).wasRunning).toBe(true)
  expect(pidOf()).toBe(pid)
})

it('is adopted after the launcher was killed', async () => {
  await stopPostgres(dataDir, report)
  const script =
    `const { startPostgres } = await import('#compose/embedded/postgres')\n` +
    `await startPostgres({ ...${JSON.stringify({ dataDir, portBase })}, report() {} })\n` +
    `console.log('ready'); setInterval(() => 0, 1_000)`
  const args = ['--import', 'tsx', '--input-type=module', '-e', script]
  const launcher = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(launcher.stdout, 'data')
  const pid = pidOf()
  launcher.kill('SIGKILL')
  expect((await start()).wasRunning).toBe(true)
  expect(pidOf()).toBe(pid)
})

it('stops while a client is connected', async () => {
  const client = await connected()
  const began = performance.now()
  await stopPostgres(dataDir, report)
  expect(performance.now() - began).toBeLessThan(5_000)
  expect(await findPostgres(dataDir)).toBeUndefined()
  expect(ownCommands()).toEqual([])
  await client.end().catch(() => undefined)
})

it('names the port that another program has, and starts nothing', async () => {
  const port = stackPorts(portBase).postgres
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await expect(start()).rejects.toThrow(`port ${port} (wanted by Postgres) is taken`)
  expect(ownCommands()).toEqual([])
  await new Promise((resolve) => server.close(resolve))
})

it.runIf(serverUser())('says where its data is when its user cannot reach the folder', async () => {
  const closed = await mkdtemp(join(tmpdir(), 'postgres-closed-'))
  const place = placeFor('postgres', closed)
  try {
    const { stop } = await startPostgres({ dataDir: closed, portBase, report })
    expect(reports).toContain(
      `Postgres: its data is in ${place}, for its user cannot reach ${closed}`,
    )
    await stop()
  } finally {
    await stopPostgres(closed, report)
    for (const folder of [closed, place]) await rm(folder, { recursive: true, force: true })
  }
})

const pidOf = (): number => readPidFile(pidPathOf(dataDir, 'postgres'))?.pid ?? Number.NaN

const ownCommands = (): string[] =>
  execFileSync('ps', ['-ww', '-eo', 'command='], { encoding: 'utf8' })
    .split('\n')
    .filter((command) => command.includes(`${dataDir}/`))

const connected = async () => {
  const { url } = (await findPostgres(dataDir))!
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  return client
}

const query = async (text: string) => {
  const client = await connected()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}
