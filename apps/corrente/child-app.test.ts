import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AppSpec } from '#apps/corrente/app-process'
import { type ChildApp, runChild } from '#apps/corrente/child-app'

let folder = ''
let server: Server
let readyUrl = ''
let child: ChildApp | undefined
const reports: string[] = []
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'child-app-'))
  // Whether the app is ready is what this server answers: the tests decide.
  server = createServer((_, response) => response.writeHead(answer()).end())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  readyUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  reports.length = 0
})
afterEach(async () => {
  await child?.stop()
  child = undefined
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

let answer = () => 200
const began = () => join(folder, 'began')
const runs = () => (existsSync(began()) ? readFileSync(began(), 'utf8').length : 0)

/** An app that does nothing but what the script says. */
const appThat = (script: string): AppSpec => {
  const path = join(folder, 'first.cjs')
  writeFileSync(
    path,
    `const { appendFileSync, statSync } = require('fs')
     appendFileSync('${began()}', '.')
     const run = statSync('${began()}').size
     const sleep = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
     ${script}`,
  )
  const env = { ...process.env, NODE_OPTIONS: `--require ${path}` }
  return { name: 'sandbox', args: [], claims: [], readyUrl, env }
}
const idles = 'sleep(60_000)'
const options = () => ({ logs: folder, report: (line: string) => reports.push(line) })

describe('an app of one process', () => {
  it('is waited for no longer once it has ended', async () => {
    answer = () => 503
    const begun = performance.now()
    await expect(runChild(appThat('process.exit(3)'), options())).rejects.toThrow(
      `sandbox cannot start (exit code 3); its log: ${folder}/sandbox.log`,
    )
    expect(performance.now() - begun).toBeLessThan(15_000)
    expect(runs()).toBe(1)
  })

  it('is ended when nobody wants it any more', async () => {
    answer = () => 503
    const ending = new AbortController()
    const starting = runChild(appThat(idles), { ...options(), signal: ending.signal })
    await expect.poll(runs, { timeout: 10_000 }).toBe(1)
    ending.abort()
    await expect(starting).rejects.toThrow('aborted')
  })

  it('is started again when it ends by itself, and not when it is stopped', async () => {
    answer = () => (runs() > 0 ? 200 : 503)
    const app = appThat(`if (run === 1) { sleep(500); process.exit(7) } else ${idles}`)
    child = await runChild(app, options())
    await expect.poll(runs, { timeout: 10_000 }).toBe(2)
    expect(reports).toEqual([
      `sandbox ended (exit code 7), started again; its log: ${folder}/sandbox.log`,
    ])
    await child.stop()
    expect(runs()).toBe(2)
    expect(reports).toHaveLength(1)
  })
})
