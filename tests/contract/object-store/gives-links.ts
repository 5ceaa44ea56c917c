import { expect, it } from 'vitest'
import {
  bytesOf,
  needs,
  type Opened,
  ownFolder,
  rejectsAs,
} from '#tests/contract/object-store/store-driver'

const filename = 'Recibos è (1).zip'

const sceneOf =
  (opened: Opened) =>
  async (given: { readonly forMs?: number } = {}) => {
    const { store, now } = opened()
    const key = `${ownFolder(opened)}archive.zip`
    const bytes = bytesOf(100_000)
    const stored = await store.put(key, bytes, { contentType: 'application/zip' })
    const expiresAt = new Date(now() + (given.forMs ?? 14_400_000)).toISOString()
    return { store, key, bytes, stored, url: await store.signGet(key, { expiresAt, filename }) }
  }

export function givesLinks(opened: Opened): void {
  const scene = sceneOf(opened)
  it('that give the object to whoever has one', async () => {
    const { url, bytes, stored } = await scene()
    const answer = await fetch(url)
    expect(answer.status).toBe(200)
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true)
    expect(answer.headers.get('content-type')).toBe('application/zip')
    expect(answer.headers.get('etag')).toBe(stored.etag)
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="Recibos _ (1).zip"; filename*=UTF-8''Recibos%20%C3%A8%20%281%29.zip`,
    )
  })

  it.each([
    ['bytes=0-9', 0, 10],
    ['bytes=99990-', 99_990, 100_000],
    ['bytes=50000-200000', 50_000, 100_000],
  ])('that give some of it: %s', async (range, from, to) => {
    const { url, bytes } = await scene()
    const answer = await fetch(url, { headers: { range } })
    expect(answer.status).toBe(206)
    expect(answer.headers.get('content-range')).toBe(`bytes ${from}-${to - 1}/100000`)
    const given = Buffer.from(await answer.arrayBuffer())
    expect(given.equals(bytes.subarray(from, to))).toBe(true)
  })

  it('that say so where they have no such range', async () => {
    const { url } = await scene()
    const answer = await fetch(url, { headers: { range: 'bytes=100000-' } })
    expect(answer.status).toBe(416)
    await answer.text()
  })

  it('that say so where who asks has it already', async () => {
    const { url, stored } = await scene()
    const answer = await fetch(url, { headers: { 'if-none-match': stored.etag } })
    expect(answer.status).toBe(304)
  })
}

export function endsLinks(opened: Opened): void {
  const scene = sceneOf(opened)
  it('that are good for nothing else: one letter changed is refused', async ({ skip }) => {
    needs(opened, skip, 'signatures')
    const { url, store, key } = await scene()
    await store.put(`${key}x`, Buffer.from('another'))
    const { pathname, search } = new URL(url)
    const texts = [pathname, search]
    const changed = texts.flatMap((text, which) =>
      [...text].flatMap((letter, at) => {
        if (!/[A-Za-z0-9]/.test(letter) || at % 7 !== which) return []
        const other = /b/i.test(letter) ? 'c' : 'b'
        const mended = text.slice(0, at) + other + text.slice(at + 1)
        return [which === 0 ? mended + search : pathname + mended]
      }),
    )
    const added = `${pathname}x${search}`
    for (const path of [...changed, added, pathname]) {
      const answer = await fetch(new URL(path, url))
      await answer.arrayBuffer()
      expect([400, 403, 404], path).toContain(answer.status)
    }
    expect(changed.length).toBeGreaterThan(10)
  })

  it('that are over when they say, although the object is there', async ({ skip }) => {
    needs(opened, skip, 'expiry')
    const { url, store, key } = await scene({ forMs: 1_900 })
    expect((await fetch(url)).status).toBe(200)
    await opened().pass(3_000)
    const answer = await fetch(url)
    expect(answer.status).toBe(403)
    expect(await answer.text()).not.toContain(filename)
    expect(await store.head(key)).toBeDefined()
  })

  it('that lead nowhere once the object is gone', async () => {
    const { url, store, key } = await scene()
    await store.delete(key)
    // S3 tells only who may list that there is none.
    expect([403, 404]).toContain((await fetch(url)).status)
  })

  it('for no time that is over or too far ahead, and no name that is none', async () => {
    const { store, key } = await scene()
    const at = (ms: number) => new Date(opened().now() + ms).toISOString()
    const links = [
      { expiresAt: at(-1_000), filename },
      { expiresAt: at(8 * 24 * 3_600_000), filename },
      { expiresAt: 'tomorrow', filename },
      { expiresAt: at(60_000), filename: 'a/b' },
      { expiresAt: at(60_000), filename: 'a\r\nx: b' },
    ]
    for (const link of links) {
      await rejectsAs(store.signGet(key, link), { name: 'InvalidValueError' })
    }
  })
}
