import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { absentStore } from '#apps/platform/object-store/absent-store'
import { attachmentPrefix, objectAttachments } from '#apps/platform/object-attachments'
import { filesStore } from '#connectors/object-store-files/index'
import { RejectedError, TransientError } from '#core/errors'
import type { AttachmentReference } from '#ports/attachments'
import type { ObjectStore, StoredObject } from '#ports/object-store'

const notice = Buffer.from('%PDF-1.7 a notice that is none')
const object_key = 'attachments/tenant-a/notices/1.pdf'
let folder: string
let store: ObjectStore
let stored: StoredObject
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'attachments-'))
  store = filesStore({ folder })
  stored = await store.put(object_key, notice)
  await store.put('exports/1/archive.zip', notice)
  await store.put('attachments/tenant-b/notices/1.pdf', notice)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

type Used = Pick<ObjectStore, 'head' | 'get'>
interface Given {
  readonly objects?: Used
  readonly bytesMax?: number
  readonly readMsMax?: number
}
const bytesOf = (changes: Partial<AttachmentReference> = {}, given: Given = {}) => {
  const { objects = store, bytesMax = 1_000, readMsMax = 10_000 } = given
  const { signal } = new AbortController()
  const reference = { tenant_id: 'tenant-a', object_key, sha256: stored.sha256, ...changes }
  return objectAttachments(objects, { readMsMax }).bytesOf(reference, { bytesMax, signal })
}
const errorOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'it was given',
    (error: unknown) => error,
  )

describe('a file that goes with a notification', () => {
  it('is read whole, where it is the one referred to', async () => {
    expect(await bytesOf()).toEqual(notice)
    expect(await bytesOf({ sha256: stored.sha256.toUpperCase() })).toEqual(notice)
    expect(await bytesOf({}, { bytesMax: notice.length })).toEqual(notice)
  })

  it.each([
    ['is gone', { object_key: 'attachments/tenant-a/notices/2.pdf' }, 'no-attachment'],
    ['is another one', { sha256: 'a'.repeat(64) }, 'attachment-differs'],
    ['has no digest to hold it against', { sha256: '' }, 'attachment-differs'],
  ])('is refused where it %s', async (_, changes, code) => {
    expect(await errorOf(bytesOf(changes))).toMatchObject({ name: 'RejectedError', code })
  })

  it('is refused where it is too large, before a byte of it is read', async () => {
    const get = () => Promise.reject(new Error('it is read'))
    const given = { objects: { head: async () => stored, get }, bytesMax: notice.length - 1 }
    expect(await errorOf(bytesOf({}, given))).toMatchObject({ code: 'attachment-too-large' })
  })

  it('is refused where what is read is more, or other, than what was told of it', async () => {
    const bodyOf = (...parts: readonly string[]) =>
      (async function* () {
        for (const part of parts) yield Buffer.from(part)
      })()
    const telling = (...parts: readonly string[]): Used => ({
      head: async () => stored,
      get: async () => ({ object: stored, body: bodyOf(...parts) }),
    })
    const large = { objects: telling('a'.repeat(900), 'a'.repeat(101)) }
    expect(await errorOf(bytesOf({}, large))).toMatchObject({ code: 'attachment-too-large' })
    const other = { objects: telling('other') }
    expect(await errorOf(bytesOf({}, other))).toMatchObject({ code: 'attachment-differs' })
  })

  it.each([
    ['of another tenant', { object_key: 'attachments/tenant-b/notices/1.pdf' }],
    ['of an export', { object_key: 'exports/1/archive.zip' }],
    ['of a tenant of a longer name', { tenant_id: 'tenant', object_key }],
    ['by a way around', { object_key: 'attachments/tenant-a/../tenant-b/notices/1.pdf' }],
    ['of a part of a tenant', { tenant_id: 'tenant-a/notices' }],
    ['of all tenants', { tenant_id: '..', object_key: 'attachments/../exports/1/archive.zip' }],
    ['on behalf of nobody', { tenant_id: '' }],
    ['of no key', { object_key: '' }],
  ])('is not given %s', async (_, changes) => {
    const untouched = { head: () => Promise.reject(new Error('it is asked for')), get: store.get }
    const error = await errorOf(bytesOf(changes, { objects: untouched }))
    expect(error).toBeInstanceOf(RejectedError)
    expect(error).toMatchObject({ code: 'attachment-not-allowed' })
  })

  it('lies below the prefix of its tenant', () => {
    expect(object_key.startsWith(attachmentPrefix('tenant-a'))).toBe(true)
  })
})

describe('a store that does not give it now', () => {
  it.each([
    [
      'is away',
      {
        head: () => Promise.reject(new TransientError('503')),
        get: () => Promise.reject(new Error('read')),
      },
      '503',
    ],
    ['was not named', absentStore, 'no object store is named'],
  ])('%s: it is waited for, and no mail server is blamed', async (_, objects, message) => {
    const error = await errorOf(bytesOf({}, { objects }))
    expect(error).toBeInstanceOf(TransientError)
    expect(error).toMatchObject({ isOfParty: false })
    expect((error as Error).message).toContain(message)
  })

  it('is slow: it is waited for', async () => {
    const never = () => new Promise<never>(() => undefined)
    const slow = { head: async () => stored, get: never }
    const error = await errorOf(bytesOf({}, { objects: slow, readMsMax: 20 }))
    expect(error).toMatchObject({ isOfParty: false, message: 'a file was not read within 0.02 s' })
  })
})
