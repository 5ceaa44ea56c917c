import { describe, expect, it } from 'vitest'
import { exportSettings } from '#apps/platform/export-settings'
import { openObjectStore } from '#apps/platform/open-object-store'

const linkSecrets = Buffer.alloc(32, 7).toString('base64')

describe('where an installation exports to', () => {
  it.each([
    ['two stores', { OBJECT_STORE_DIR: '/x', S3_BUCKET: 'b' }, 'OBJECT_STORE_DIR or S3_BUCKET'],
    [
      'links that nobody signs',
      { OBJECT_STORE_LINKS_URL: 'http://127.0.0.1:1/objects' },
      'OBJECT_STORE_LINKS_URL goes with OBJECT_STORE_LINK_SECRETS',
    ],
    ['no number of threads', { CORRENTE_PRINTING_THREADS: '0' }, 'CORRENTE_PRINTING_THREADS'],
  ])('is not %s', (_, env, sentence) => {
    expect(() => exportSettings(env)).toThrow(sentence)
  })

  it('is told by what is missing whenever it is used, where nobody said', async () => {
    const store = openObjectStore(exportSettings({}))
    await expect(store.head('a')).rejects.toThrow('set OBJECT_STORE_DIR or S3_BUCKET')
    expect(() => store.list('a/')).toThrow('there is no object store')
    await store.close()
  })

  it('signs links where it is a folder that has an address', async () => {
    const env = {
      OBJECT_STORE_DIR: '/nowhere',
      OBJECT_STORE_LINKS_URL: 'http://127.0.0.1:1/objects',
      OBJECT_STORE_LINK_SECRETS: linkSecrets,
    }
    const link = { expiresAt: new Date(Date.now() + 60_000).toISOString(), filename: 'a.zip' }
    const url = await openObjectStore(exportSettings(env)).signGet('exports/a.zip', link)
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:1\/objects\/exports\/a\.zip\?/)
  })
})
