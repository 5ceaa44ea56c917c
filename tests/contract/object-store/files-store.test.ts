import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { startExampleLinks } from '#apps/platform/object-store/example-links'
import { holdsAsObjectStore } from '#tests/contract/object-store/store-contract'
import type { StoreDriver } from '#tests/contract/object-store/store-driver'

let driver: StoreDriver
let stop: () => Promise<void>
beforeAll(async () => {
  const links = await startExampleLinks()
  stop = links.stop
  driver = {
    store: links.store,
    async begin(key) {
      const path = join(links.folder, `${key}@0123456789abcdef.0`)
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, 'some of it')
    },
    pass: async (ms) => void (links.clock.ms += ms),
    now: () => links.clock.ms,
    lacks: new Set(),
  }
})
afterAll(() => stop())

holdsAsObjectStore('a store of files', () => driver)
