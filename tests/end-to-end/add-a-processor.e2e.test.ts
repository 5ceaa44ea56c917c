import { execFile, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { blocksOf, write } from '#tests/end-to-end/recipe'
import { event, newScene, produce, seen } from '#tests/engine/scene'
import { platformOf } from '#tests/stack'

const run = promisify(execFile)
const left = new Set(['node_modules', '.git', '.corrente'])
const root = mkdtempSync(join(tmpdir(), 'corrente-recipe-'))
afterAll(() => rmSync(root, { recursive: true }))

/** A copy of the project, to which the page is done. */
function copyProject(): void {
  cpSync('.', root, { recursive: true, filter: (path) => !left.has(basename(path)) })
  symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'))
}

describe('docs/add-a-processor.md', () => {
  it('from top to bottom adds a processor that does its work', { timeout: 300_000 }, async () => {
    copyProject()
    const stack = inject('stack')
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      ...platformOf(stack),
      VITEST: undefined,
      CORRENTE_HOME: join(root, 'home'),
      CORRENTE_PUBLIC_URL: 'http://127.0.0.1:9',
      CORE_URL: 'http://127.0.0.1:9',
      CORE_USERNAME: 'nobody',
      CORE_PASSWORD: 'nothing',
      PORT: String(stack.portBase + 1),
    }
    const commands: string[] = []
    let ran = 0
    for (const block of blocksOf(readFileSync('docs/add-a-processor.md', 'utf8'))) {
      if (block.language !== 'sh') {
        write(root, block)
        continue
      }
      commands.push(...block.text.trim().split('\n'))
      // The last command is the worker, which does not end by itself.
      for (; ran < commands.length && !commands[ran]!.includes(' worker '); ran++) {
        await run('sh', ['-c', commands[ran]!], { cwd: root, env }).catch(explain)
      }
    }
    expect(ran).toBe(commands.length - 1)

    const scene = await newScene()
    const id = randomUUID()
    const value = scene.bytesOf(scene.topics.input, event(id, 'twice', 'settled-twice'))
    await produce(scene, 'payment.anomalies', [{ key: id, value }])
    const args = commands[ran]!.split(' -- ')[1]!.split(' ')
    const worker = spawn(process.execPath, ['bin/corrente.cjs', 'worker', ...args], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const exited = once(worker, 'exit')
    const log = text(worker.stdout)
    try {
      const alarms = await seen(scene, 'payment.alarms', 1)
      expect(alarms.map(({ key }) => key)).toContain(id)
    } finally {
      worker.kill('SIGTERM')
      await exited
      expect(await log).not.toContain('"level":"error"')
    }
  })
})

function explain(error: { readonly message: string; readonly stdout?: string }): never {
  throw new Error(`${error.message}\n${error.stdout ?? ''}`)
}
