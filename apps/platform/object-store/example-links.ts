import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { startExampleApp } from '#apps/platform/example-app'
import { type LinkServing, serveLinks } from '#apps/platform/object-store/serve-links'
import { filesStore } from '#connectors/object-store-files/index'

export const exampleSecret = Buffer.alloc(32, 7)

/** A store of files in a folder of its own, and an app that serves its links, by a clock of the test's. */
export async function startExampleLinks(serving: Partial<LinkServing> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'objects-'))
  const clock = { ms: Date.parse('2026-11-30T10:00:00.500Z') }
  const now = () => clock.ms
  const secrets = [exampleSecret]
  const app = await startExampleApp((routes) =>
    serveLinks(routes, '/objects', { store: filesStore({ folder }), secrets, now, ...serving }),
  )
  const links = { url: `${app.url}/objects`, secrets }
  const store = filesStore({ folder, links }, { now })
  return {
    ...app,
    folder,
    store,
    clock,
    async stop() {
      await app.close()
      await rm(folder, { recursive: true, force: true })
    },
    /** The path and query of a link to an object that is put. */
    async linkTo(bytes: Uint8Array, { forMs = 14_400_000 } = {}) {
      const key = 'exports/1/archive.zip'
      const stored = await store.put(key, bytes, { contentType: 'application/zip' })
      const expiresAt = new Date(clock.ms + forMs).toISOString()
      const url = await store.signGet(key, { expiresAt, filename: 'Luca è.zip' })
      return { key, stored, path: url.slice(app.url.length) }
    },
  }
}

/** The same, stopped with the test. */
export async function exampleLinks(serving: Partial<LinkServing> = {}) {
  const links = await startExampleLinks(serving)
  onTestFinished(() => links.stop())
  return links
}
