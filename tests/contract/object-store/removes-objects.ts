import { expect, it } from 'vitest'
import {
  begunIn,
  bytesOf,
  keysIn,
  needs,
  type Opened,
  ownFolder,
  read,
} from '#tests/contract/object-store/store-driver'

const body = Buffer.from('body')

export function removesObjects(opened: Opened): void {
  it('one by one, and what is gone already without complaint', async () => {
    const { store } = opened()
    const folder = ownFolder(opened)
    await store.put(`${folder}a`, bytesOf(9_000_000))
    await store.put(`${folder}b`, body)
    await store.delete(`${folder}a`)
    await store.delete(`${folder}a`)
    await store.delete(`${folder}never/there`)
    expect(await store.head(`${folder}a`)).toBeUndefined()
    expect(await store.get(`${folder}a`)).toBeUndefined()
    expect(await keysIn(store, folder)).toEqual([`${folder}b`])
  })

  it('all below a prefix, and no other', async () => {
    const { store } = opened()
    const folder = ownFolder(opened)
    for (const key of ['1/a', '1/b/c', '1/b/d/e', '10/a', '1']) await store.put(folder + key, body)
    await store.put(`${folder}1/long`, bytesOf(9_000_000))
    expect(await store.deletePrefix(`${folder}1/`)).toBe(4)
    expect(await keysIn(store, folder)).toEqual([`${folder}1`, `${folder}10/a`])
    expect(await store.deletePrefix(`${folder}1/`)).toBe(0)
    expect(await store.deletePrefix(`${folder}never/`)).toBe(0)
    expect((await read(store, `${folder}10/a`)).equals(body)).toBe(true)
  })

  it('below a prefix also what was only begun', async ({ skip }) => {
    needs(opened, skip, 'uploads')
    const { store, begin } = opened()
    const folder = ownFolder(opened)
    await begin(`${folder}1/a`)
    await begin(`${folder}10/a`)
    await store.put(`${folder}1/b`, body)
    expect(await store.deletePrefix(`${folder}1/`)).toBe(1)
    expect(await begunIn(store, folder)).toEqual([`${folder}10/a`])
  })

  it('that were begun and abandoned, by their age', async ({ skip }) => {
    needs(opened, skip, 'uploads', 'ages')
    const { store, begin } = opened()
    const folder = ownFolder(opened)
    await begin(`${folder}a`)
    await begin(`${folder}b/c`)
    await store.put(`${folder}a`, body)
    const of = async (olderThan: number) => {
      const found = []
      for await (const one of store.abandoned(new Date(olderThan).toISOString())) {
        if (one.key.startsWith(folder)) found.push(one)
      }
      return found.sort((one, other) => (one.key < other.key ? -1 : 1))
    }
    expect(await of(Date.now() - 60_000)).toEqual([])
    const found = await of(Date.now() + 60_000)
    expect(found.map(({ key }) => key)).toEqual([`${folder}a`, `${folder}b/c`])
    expect(Math.abs(Date.parse(found[0]!.seenAt) - Date.now())).toBeLessThan(60_000)
    for (const one of found) {
      await one.abort()
      await one.abort()
    }
    expect(await of(Date.now() + 60_000)).toEqual([])
    expect((await read(store, `${folder}a`)).equals(body)).toBe(true)
  })
}
