import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { exampleStore } from '#connectors/object-store-files/example-store'
import type { ObjectStore } from '#ports/object-store'

const writer = fileURLToPath(new URL('example-writer.ts', import.meta.url))

/** Lets a process write to the folder, and kills it somewhere. */
async function killWriter(folder: string, afterMs: number): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', writer, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  await once(child.stdout, 'data')
  await sleep(afterMs)
  child.kill('SIGKILL')
  await ended
}

async function expectWhole(store: ObjectStore, key: string): Promise<void> {
  const { object, body } = (await store.get(key))!
  const hash = createHash('sha256')
  for await (const chunk of body) hash.update(chunk)
  expect(hash.digest('hex')).toBe(object.sha256)
}

it('a writer that is killed leaves whole objects, and nothing that is not found', async () => {
  const { store, folder } = await exampleStore()
  for (const afterMs of [37, 111]) {
    await killWriter(folder, afterMs)
    await expectWhole(store, '1/a')
    await expectWhole(store, '1/b')
    const later = new Date(Date.now() + 60_000).toISOString()
    for await (const one of store.abandoned(later)) await one.abort()
    // One file of bytes and one of facts, and a composed one of three and one.
    expect(await readdir(join(folder, '1'))).toHaveLength(6)
  }
})
