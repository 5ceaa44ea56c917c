import { expect, it } from 'vitest'
import {
  bytesIn,
  bytesOf,
  expectNothingBegun,
  inPieces,
  needs,
  type Opened,
  ownFolder,
  read,
  sha256,
} from '#tests/contract/object-store/store-driver'

const former = Buffer.from('the former one')
/** More than is sent at once, so that some of it is there when it breaks. */
const long = bytesOf(9_000_000)

async function* broken(): AsyncGenerator<Uint8Array> {
  yield* inPieces(long, 1_000_000)
  throw new RangeError('the body broke')
}

export function replacesObjects(opened: Opened): void {
  it('by others', async () => {
    const { store } = opened()
    const key = `${ownFolder(opened)}a`
    const first = await store.put(key, long)
    const second = await store.put(key, former, { contentType: 'text/plain' })
    expect(second.etag).not.toBe(first.etag)
    expect(await store.head(key)).toEqual(second)
    expect((await read(store, key)).equals(former)).toBe(true)
  })

  it('so that who reads meanwhile sees one or the other', async ({ skip }) => {
    needs(opened, skip, 'replacements')
    const { store } = opened()
    const key = `${ownFolder(opened)}a`
    const bodies = [bytesOf(300_000, 1), bytesOf(700_000, 2)] as const
    await store.put(key, bodies[0])
    let isOver = false
    const writing = (async () => {
      for (let nth = 1; nth <= 12; nth += 1) {
        await store.put(key, inPieces(bodies[nth % 2 === 0 ? 0 : 1], 50_000))
      }
      isOver = true
    })()
    const reading = async () => {
      for (let reads = 0; !isOver || reads === 0; reads += 1) {
        const { object, body } = (await store.get(key))!
        const bytes = await bytesIn(body)
        expect([object.bytes, object.sha256]).toEqual([bytes.length, sha256(bytes)])
        expect(bodies.some((one) => one.equals(bytes))).toBe(true)
      }
    }
    await Promise.all([writing, reading(), reading()])
    await expectNothingBegun(opened, key)
  })
}

export function putsWhole(opened: Opened): void {
  it('and leaves nothing of a body that breaks', async () => {
    const { store } = opened()
    const folder = ownFolder(opened)
    await expect(store.put(`${folder}new`, broken())).rejects.toThrow(RangeError)
    expect(await store.head(`${folder}new`)).toBeUndefined()
    await store.put(`${folder}old`, former)
    await expect(store.put(`${folder}old`, broken())).rejects.toThrow(RangeError)
    expect((await read(store, `${folder}old`)).equals(former)).toBe(true)
    await expectNothingBegun(opened, folder)
  })

  it('and leaves nothing where somebody gives up, even on a body that never ends', async () => {
    const { store } = opened()
    const folder = ownFolder(opened)
    const giving = new AbortController()
    const endless = (async function* () {
      yield* inPieces(long, 1_000_000)
      giving.abort(new RangeError('given up'))
      await new Promise(() => undefined)
    })()
    const put = store.put(`${folder}a`, endless, { signal: giving.signal })
    await expect(put).rejects.toThrow('given up')
    const late = store.put(`${folder}a`, former, { signal: giving.signal })
    await expect(late).rejects.toThrow('given up')
    expect(await store.head(`${folder}a`)).toBeUndefined()
    await expectNothingBegun(opened, folder)
  })
}

export function putsIfAbsent(opened: Opened): void {
  it('and once more where it is gone', async ({ skip }) => {
    needs(opened, skip, 'conditions')
    const { store } = opened()
    const key = `${ownFolder(opened)}a`
    expect(await store.putIfAbsent(key, former)).toBe('stored')
    expect(await store.putIfAbsent(key, long)).toBe('present')
    expect((await read(store, key)).equals(former)).toBe(true)
    await expectNothingBegun(opened, key)
    await store.delete(key)
    expect(await store.putIfAbsent(key, Buffer.from('again'))).toBe('stored')
  })

  it('for one of many who try at once', async ({ skip }) => {
    needs(opened, skip, 'conditions')
    const { store } = opened()
    const key = `${ownFolder(opened)}a`
    const bodies = Array.from({ length: 8 }, (_, nth) => Buffer.from(`writer ${nth}`))
    const outcomes = await Promise.all(bodies.map((body) => store.putIfAbsent(key, body)))
    expect(outcomes.filter((outcome) => outcome === 'stored')).toHaveLength(1)
    const winner = bodies[outcomes.indexOf('stored')]!
    expect((await read(store, key)).equals(winner)).toBe(true)
  })
}
