import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { filesStore } from '#connectors/object-store-files/index'
import { sandboxDisk } from '#connectors/object-store-files/sandbox'
import type { ObjectStore } from '#ports/object-store'

/** A store in a folder of the test's own, on a disk that has the test's bad days. */
export async function exampleStore() {
  const folder = await mkdtemp(join(tmpdir(), 'objects-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const disk = sandboxDisk(folder)
  return {
    folder,
    disk,
    store: filesStore({ folder }, { fs: disk.fs }),
    /** The files that are there, by their paths; ids as `id`. */
    async files(): Promise<readonly string[]> {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true })
      const paths = entries
        .filter((entry) => entry.isFile())
        .map((entry) => {
          return join(entry.parentPath, entry.name).slice(folder.length + 1)
        })
      return paths.map(withoutId).sort()
    },
  }
}

export const withoutId = (text: string): string => text.replaceAll(/@[0-9a-f]{16}\./g, '@id.')

export async function textOf(store: ObjectStore, key: string): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of (await store.get(key))!.body) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
