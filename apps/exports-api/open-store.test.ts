import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openLinkingStore } from '#apps/exports-api/open-store'
import { startExampleApp } from '#apps/platform/example-app'

const folderOf = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'exports-api-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
const secret = Buffer.alloc(32, 7).toString('base64')

it('serves the links that it signs, and none with a byte changed', async () => {
  const { store, serveObjects } = await openLinkingStore({
    OBJECT_STORE_FOLDER: folderOf(),
    OBJECT_STORE_URL: 'http://127.0.0.1:1/objects',
    OBJECT_STORE_LINK_SECRETS: secret,
  })
  const app = await startExampleApp((routes) => serveObjects!(routes))
  onTestFinished(() => app.close())
  await store.put('exports/1/archive.zip', Buffer.from('an archive'))
  const expiresAt = new Date(Date.now() + 60_000).toISOString()
  const link = new URL(
    await store.signGet('exports/1/archive.zip', { expiresAt, filename: 'a.zip' }),
  )
  const path = link.pathname + link.search
  const answer = await app.call(path)
  expect(await answer.text()).toBe('an archive')
  expect(answer.headers.get('content-disposition')).toContain('a.zip')
  expect((await app.call(path.replace('archive.zip', 'archive.zip2'))).status).toBe(403)
  expect((await app.call(path.replace('name=a.zip', 'name=b.zip'))).status).toBe(403)
})

it('does not start where its links would lead nowhere', async () => {
  await expect(openLinkingStore({ OBJECT_STORE_FOLDER: folderOf() })).rejects.toThrow(
    'OBJECT_STORE_URL and OBJECT_STORE_LINK_SECRETS are not set',
  )
})
