import { expect, it } from 'vitest'
import {
  bytesIn,
  bytesOf,
  inPieces,
  keysIn,
  needs,
  type Opened,
  ownFolder,
  read,
  rejectsAs,
  sha256,
} from '#tests/contract/object-store/store-driver'

const text = Buffer.from('0123456789')

export function keepsObjects(opened: Opened): void {
  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a byte', Buffer.from([0])],
    ['some', text],
    ['a megabyte and a byte', bytesOf(1_048_577)],
  ])('and gives back what was put: %s', async (_what, bytes) => {
    const { store } = opened()
    const key = `${ownFolder(opened)}a.pdf`
    const stored = await store.put(key, bytes, { contentType: 'application/pdf' })
    expect(stored).toMatchObject({
      key,
      bytes: bytes.length,
      sha256: sha256(bytes),
      contentType: 'application/pdf',
    })
    expect(stored.etag).toMatch(/^"[^"]+"$/)
    expect(Math.abs(Date.parse(stored.storedAt) - opened().now())).toBeLessThan(60_000)
    expect(await store.head(key)).toEqual(stored)
    const found = await store.get(key)
    expect(found?.object).toEqual(stored)
    expect((await bytesIn(found!.body)).equals(bytes)).toBe(true)
  })

  it.each([
    ['small pieces', 3_000, 17],
    ['pieces of no size at all', 10, 1],
    ['pieces that are larger than what is written at once', 13_000_000, 4_000_000],
  ])('of a length nobody knew before: %s', async (_what, length, size) => {
    const { store } = opened()
    const key = `${ownFolder(opened)}b/c.zip`
    const bytes = bytesOf(length)
    const stored = await store.put(key, inPieces(bytes, size))
    expect(stored).toMatchObject({
      bytes: length,
      sha256: sha256(bytes),
      contentType: 'application/octet-stream',
    })
    expect(await store.head(key)).toEqual(stored)
    expect((await read(store, key)).equals(bytes)).toBe(true)
  })

  it('also of a body that uses one buffer for all of its pieces', async () => {
    const { store } = opened()
    const key = `${ownFolder(opened)}a`
    const buffer = Buffer.alloc(1_000)
    await store.put(
      key,
      (async function* () {
        for (let nth = 0; nth < 600; nth += 1) yield buffer.fill(nth)
      })(),
    )
    const bytes = await read(store, key)
    expect(bytes.length).toBe(600_000)
    expect(bytes.every((byte, at) => byte === Math.floor(at / 1_000) % 256)).toBe(true)
  })
}

export function givesRanges(opened: Opened): void {
  it.each([
    [{ from: 0 }, '0123456789'],
    [{ from: 3 }, '3456789'],
    [{ from: 3, to: 4 }, '3'],
    [{ from: 0, to: 10 }, '0123456789'],
    [{ from: 8, to: 100 }, '89'],
  ])('%j', async (range, expected) => {
    const { store } = opened()
    const key = `${ownFolder(opened)}a`
    await store.put(key, text)
    const found = await store.get(key, range)
    expect((await bytesIn(found!.body)).toString()).toBe(expected)
    expect(found?.object).toMatchObject({ bytes: 10, sha256: sha256(text) })
  })

  it('none that is no range of it', async () => {
    const { store } = opened()
    const folder = ownFolder(opened)
    await store.put(`${folder}a`, text)
    for (const range of [{ from: -1 }, { from: 3, to: 3 }, { from: 4, to: 3 }, { from: 0.5 }]) {
      await rejectsAs(store.get(`${folder}a`, range), { name: 'InvalidValueError' })
    }
    const behind = { name: 'RejectedError', code: 'no-such-range' }
    await rejectsAs(store.get(`${folder}a`, { from: 10 }), behind)
    await rejectsAs(store.get(`${folder}a`, { from: 11, to: 12 }), behind)
  })

  it('that has none nothing', async ({ skip }) => {
    needs(opened, skip, 'empty-ranges')
    const { store } = opened()
    const key = `${ownFolder(opened)}a`
    await store.put(key, Buffer.alloc(0))
    const found = await store.get(key, { from: 0, to: 5 })
    expect((await bytesIn(found!.body)).length).toBe(0)
  })
}

export function listsObjects(opened: Opened): void {
  it('in the order of their keys, below whole segments', async ({ skip }) => {
    needs(opened, skip, 'order')
    const { store } = opened()
    const folder = ownFolder(opened)
    const keys = ['1/b', '1/a/z', '1/a', '1/a.x', '1/a-x', '10/a', '1=', '1/Z', '1/a/b/c']
    for (const key of keys) await store.put(folder + key, Buffer.from(key))
    const below = keys.filter((key) => key.startsWith('1/')).map((key) => folder + key)
    expect(await keysIn(store, `${folder}1/`)).toEqual(below.sort())
    expect(await keysIn(store, folder)).toEqual(keys.map((key) => folder + key).sort())
    expect(await keysIn(store, `${folder}2/`)).toEqual([])
    for await (const { key, bytes, storedAt } of store.list(folder)) {
      expect(bytes).toBe(key.length - folder.length)
      expect(Date.parse(storedAt)).not.toBeNaN()
    }
  })
}

export function takesKeys(opened: Opened): void {
  it('that are below each other', async () => {
    const { store } = opened()
    const folder = ownFolder(opened)
    for (const key of ['a', 'a/b', 'a/b/c']) await store.put(folder + key, Buffer.from(key))
    for (const key of ['a', 'a/b', 'a/b/c']) {
      expect((await read(store, folder + key)).toString()).toBe(key)
    }
  })

  it('that lead to nothing', async () => {
    const { store } = opened()
    const key = `${ownFolder(opened)}a`
    expect(await store.head(key)).toBeUndefined()
    expect(await store.get(key)).toBeUndefined()
    expect(await store.get(key, { from: 0, to: 1 })).toBeUndefined()
  })

  it('that are some, and no others', async () => {
    const { store } = opened()
    const key = '../Luca'
    const tried = [
      () => store.put(key, text),
      () => store.putIfAbsent(key, text),
      () => store.get(key),
      () => store.head(key),
      () => store.delete(key),
      () => store.deletePrefix(`${key}/`),
      () => store.deletePrefix('contract'),
      () => store.deletePrefix(''),
      () => store.compose(key, []),
      () => store.compose('contract/composed', [{ key }]),
      () => store.signGet(key, { expiresAt: '2100-01-01T00:00:00Z', filename: 'a' }),
      () => keysIn(store, key),
    ]
    for (const ask of tried) {
      await rejectsAs(ask(), { name: 'InvalidValueError' })
      await expect(ask()).rejects.not.toThrow('Luca')
    }
  })
}
