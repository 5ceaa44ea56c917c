import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { copyProject, doPage } from '#tests/end-to-end/recipe'
import { event, newScene, produce, seen } from '#tests/engine/scene'
import { platformOf } from '#tests/stack'

const root = copyProject()
afterAll(() => rmSync(root, { recursive: true }))

describe('docs/add-a-processor.md', () => {
  it('from top to bottom adds a processor that does its work', { timeout: 300_000 }, async () => {
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
    // The worker is the last command: it does not end by itself.
    const [command, ...more] = await doPage('docs/add-a-processor.md', {
      root,
      env,
      until: ' worker ',
    })
    expect(more).toEqual([])

    const scene = await newScene()
    const id = randomUUID()
    const value = scene.bytesOf(scene.topics.input, event(id, 'twice', 'settled-twice'))
    await produce(scene, 'payment.anomalies', [{ key: id, value }])
    const args = command!.split(' -- ')[1]!.split(' ')
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
