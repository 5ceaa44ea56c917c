import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openObjectStore } from '#apps/platform/object-store/open-object-store'
import { verifiedLink } from '#connectors/object-store-files/index'
import { startS3Sandbox } from '#connectors/object-store-s3/sandbox'

const secret = Buffer.alloc(32, 1).toString('base64')
const links = {
  OBJECT_STORE_URL: 'https://exports.example/objects/',
  OBJECT_STORE_LINK_SECRETS: secret,
}
const expiresAt = new Date(Date.now() + 60_000).toISOString()

async function folderOf(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'objects-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

describe('a folder that the environment names', () => {
  it('is where objects are put, and links lead to the address that it names', async () => {
    const folder = await folderOf()
    const { store, linkSecrets } = await openObjectStore({ OBJECT_STORE_FOLDER: folder, ...links })
    await store.put('a', Buffer.from('a'))
    expect(await readdir(folder)).toContain('a@object')
    const url = new URL(await store.signGet('a', { expiresAt, filename: 'a.zip' }))
    expect(url.origin + url.pathname).toBe('https://exports.example/objects/a')
    const query = Object.fromEntries(url.searchParams)
    expect(verifiedLink('a', query, linkSecrets!)).toMatchObject({ filename: 'a.zip' })
  })

  it('makes no links where nobody said how', async () => {
    const { store, linkSecrets } = await openObjectStore({ OBJECT_STORE_FOLDER: await folderOf() })
    expect(linkSecrets).toBeUndefined()
    const signing = store.signGet('a', { expiresAt, filename: 'a.zip' })
    await expect(signing).rejects.toThrow('OBJECT_STORE_URL')
  })
})

it('a bucket that the environment names is where objects are put', async () => {
  const sandbox = await startS3Sandbox()
  onTestFinished(() => sandbox.stop())
  const { store, linkSecrets } = await openObjectStore({
    S3_BUCKET: sandbox.bucket,
    S3_ENDPOINT: sandbox.url,
    S3_ACCESS_KEY_ID: sandbox.key.id,
    S3_SECRET_ACCESS_KEY: sandbox.key.secret,
    S3_PREFIX: 'ours/',
  })
  onTestFinished(() => store.close())
  await store.put('a', Buffer.from('a'))
  expect(sandbox.keys()).toEqual(['ours/a'])
  expect(linkSecrets).toBeUndefined()
})

describe('an environment', () => {
  const S3_BUCKET = 'bucket'
  it.each<[string, Record<string, string>, string]>([
    ['names none', {}, 'no object store is named: set S3_BUCKET'],
    ['names two', { S3_BUCKET, OBJECT_STORE_FOLDER: '/a' }, 'name one store'],
    ['names an endpoint and no bucket', { S3_ENDPOINT: 'http://a' }, 'S3_BUCKET is not set'],
    ['names half a key', { S3_BUCKET, S3_ACCESS_KEY_ID: 'a' }, 'S3: access_key_id'],
    ['names a prefix that is none', { S3_BUCKET, S3_PREFIX: 'a' }, 'S3: prefix'],
    ['names what nothing can lack', { S3_BUCKET, S3_LACKS: 'all' }, 'S3_LACKS'],
    ['names no secret', { OBJECT_STORE_FOLDER: '/a', OBJECT_STORE_URL: 'http://a' }, 'go together'],
  ])('that %s is refused', async (_what, env, sentence) => {
    await expect(openObjectStore(env)).rejects.toThrow(sentence)
  })

  it('that has a short secret is refused, without showing it', async () => {
    const env = {
      OBJECT_STORE_FOLDER: '/a',
      ...links,
      OBJECT_STORE_LINK_SECRETS: 'c2hvcnQtc2VjcmV0',
    }
    const { message } = await openObjectStore(env).then(
      () => expect.fail('opened'),
      (refused: Error) => refused,
    )
    expect(message).toContain('OBJECT_STORE_LINK_SECRETS: must be <32 bytes')
    expect(message).not.toContain('c2hvcnQ')
  })
})
