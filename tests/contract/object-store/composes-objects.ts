import { expect, it } from 'vitest'
import type { ObjectPart } from '#ports/object-store'
import {
  bytesOf,
  expectNothingBegun,
  type Opened,
  ownFolder,
  read,
  rejectsAs,
  sha256,
} from '#tests/contract/object-store/store-driver'

const [large, larger] = [bytesOf(5_300_000, 1), bytesOf(6_100_000, 2)]
const small = (text: string) => Buffer.from(text)

/** What is composed, as names of objects and texts between them. */
const compositions: readonly [string, readonly (string | Buffer)[]][] = [
  ['nothing', []],
  ['one small object', ['small']],
  ['one large object', ['large']],
  [
    'small ones with bytes before, between and behind',
    [small('<'), 'small', small('|'), 'small', small('>')],
  ],
  ['large ones', ['large', 'larger']],
  ['large ones, small ones and bytes', ['large', small('-'), 'small', 'larger', small('end')]],
  ['bytes before large ones', [small('begin'), 'large', 'larger', 'small', 'large']],
  ['many small ones before a large one', [...Array<string>(30).fill('small'), 'large']],
  ['an empty one', ['empty', small(''), 'small', 'empty']],
]

const objects = { small: bytesOf(1_000, 3), empty: Buffer.alloc(0), large, larger }
type Name = keyof typeof objects

const sceneOf = (opened: Opened) => async (given: readonly (string | Buffer)[]) => {
  const { store } = opened()
  const folder = ownFolder(opened)
  const names = new Set(given.filter((one) => typeof one === 'string'))
  for (const name of names) await store.put(folder + name, objects[name as Name])
  const parts = given.map((one): ObjectPart =>
    typeof one === 'string' ? { key: folder + one } : one,
  )
  const whole = given.map((one) => (typeof one === 'string' ? objects[one as Name] : one))
  return { store, folder, parts, whole: Buffer.concat(whole), names: [...names] }
}

export function composesObjects(opened: Opened): void {
  const scene = sceneOf(opened)
  it.each(compositions)('of %s', async (_what, given) => {
    const { store, folder, parts, whole, names } = await scene(given)
    const key = `${folder}composed/archive.zip`
    const stored = await store.compose(key, parts, { contentType: 'application/zip' })
    expect(stored).toMatchObject({
      key,
      bytes: whole.length,
      sha256: sha256(whole),
      contentType: 'application/zip',
    })
    for (const name of names) {
      const part = await read(store, folder + name)
      expect(part.equals(objects[name as Name])).toBe(true)
      await store.delete(folder + name)
    }
    expect(await store.head(key)).toEqual(stored)
    expect((await read(store, key)).equals(whole)).toBe(true)
  })
}

export function composesWhole(opened: Opened): void {
  const scene = sceneOf(opened)
  it('that gives ranges over its parts', async () => {
    const { store, folder, parts, whole } = await scene(['large', small('|'), 'small'])
    await store.compose(`${folder}a`, parts)
    for (const [from, to] of [
      [5_299_990, 5_300_010],
      [5_300_000, 5_300_001],
      [5_300_001, 5_300_500],
    ] as const) {
      const found = await store.get(`${folder}a`, { from, to })
      const chunks: Uint8Array[] = []
      for await (const chunk of found!.body) chunks.push(chunk)
      expect(Buffer.concat(chunks).equals(whole.subarray(from, to))).toBe(true)
    }
  })

  it('out of a former version of itself', async () => {
    const { store, folder, whole } = await scene(['small'])
    const key = `${folder}small`
    await store.compose(key, [{ key }, small('+'), { key }])
    expect((await read(store, key)).equals(Buffer.concat([whole, small('+'), whole]))).toBe(true)
  })

  it('or not at all, where a part is missing', async () => {
    const { store, folder } = await scene(['large'])
    const parts = [{ key: `${folder}large` }, { key: `${folder}missing` }]
    const composing = store.compose(`${folder}a`, parts)
    await rejectsAs(composing, { name: 'RejectedError', code: 'no-object' })
    expect(await store.head(`${folder}a`)).toBeUndefined()
    await expectNothingBegun(opened, folder)
  })

  it('or not at all, where somebody gives up', async () => {
    const { store, folder, parts } = await scene(['large', 'larger'])
    const giving = new AbortController()
    const composing = store.compose(`${folder}a`, parts, { signal: giving.signal })
    giving.abort(new RangeError('given up'))
    await expect(composing).rejects.toThrow('given up')
    expect(await store.head(`${folder}a`)).toBeUndefined()
    await expectNothingBegun(opened, folder)
  })
}
