import { once } from 'node:events'
import { request } from 'node:http'
import { describe, expect, it } from 'vitest'
import { exampleLinks, exampleSecret } from '#apps/platform/object-store/example-links'

const bytes = Buffer.from('0123456789')

/** As no client would ask that mends paths: the status of the answer. */
async function statusOf(url: string, path: string): Promise<number> {
  const asked = request(url, { path, agent: false }).end()
  const [answer] = (await once(asked, 'response')) as [{ statusCode: number; resume(): void }]
  answer.resume()
  return answer.statusCode
}

describe('a link that is refused', () => {
  it('is over at its instant, not a millisecond later, although the object is there', async () => {
    const { call, linkTo, clock, store } = await exampleLinks()
    const { path, key } = await linkTo(bytes, { forMs: 60_000 })
    clock.ms += 59_999
    expect((await call(path, { method: 'HEAD' })).status).toBe(200)
    clock.ms += 1
    const answer = await call(path)
    expect(answer.status).toBe(403)
    expect(await answer.json()).toMatchObject({ detail: 'this link is over' })
    expect(await store.head(key)).toBeDefined()
  })

  it('ends with any other letter, even one that decodes to the same', async () => {
    const { call, linkTo } = await exampleLinks()
    const { path } = await linkTo(bytes)
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_']
    const paths = letters.map((letter) => path.slice(0, -1) + letter)
    const answers = await Promise.all(paths.map((one) => call(one, { method: 'HEAD' })))
    const taken = paths.filter((_, at) => answers[at]!.status === 200)
    expect(taken).toEqual([path])
  })

  it('is one of whose bytes any is changed, in its key, its query or its signature', async () => {
    const { url, linkTo } = await exampleLinks()
    const { path } = await linkTo(bytes)
    const places = [...path].map((_, at) => at).slice('/objects/'.length)
    const changed = places.map((at) => {
      const other = String.fromCharCode(path.charCodeAt(at) ^ 1)
      return path.slice(0, at) + other + path.slice(at + 1)
    })
    for (const other of changed)
      expect([400, 403, 404], other).toContain(await statusOf(url, other))
    expect(changed.length).toBeGreaterThan(100)
    expect(await statusOf(url, path)).toBe(200)
  })

  it.each([
    ['a second time', (path: string) => `${path}&expires=1`],
    ['a second name', (path: string) => `${path}&name=x`],
    ['the same time in another way', (path: string) => path.replace('expires=', 'expires=0')],
    ['no signature', (path: string) => path.replace(/&signature=.*/, '')],
    ['more of a signature', (path: string) => `${path}A`],
    ['a key in capitals', (path: string) => path.replace('archive', 'ARCHIVE')],
  ])('has %s', async (_what, change) => {
    const { call, linkTo } = await exampleLinks()
    const { path } = await linkTo(bytes)
    const answer = await call(change(path))
    expect(answer.status).toBe(403)
    expect(await answer.json()).toMatchObject({ detail: 'this link was not made here' })
  })

  it.each([
    '/objects/../secrets.json',
    '/objects/exports/../../secrets.json',
    '/objects/%2e%2e/%2e%2e/secrets.json',
    '/objects/..%2fsecrets.json',
    // A slash that is written in another way is no slash of a key.
    '/objects/exports%2f1%2farchive.zip',
    '/objects//etc/passwd',
    '/objects/exports/1/archive.zip%00',
    '/objects/exports/1/archive.zip@object',
    '/objects/C:%5Cwindows',
    '/objects/%E0%A4%A',
    '/objects/',
  ])('leads out of the folder: %s', async (path) => {
    const { url, linkTo } = await exampleLinks()
    const query = (await linkTo(bytes)).path.split('?')[1]!
    expect([400, 403, 404]).toContain(await statusOf(url, `${path}?${query}`))
  })

  it('was signed with a secret that nobody knows; one that is being changed is still taken', async () => {
    const fresh = Buffer.alloc(32, 9)
    const changing = await exampleLinks({ secrets: [fresh, exampleSecret] })
    expect((await changing.call((await changing.linkTo(bytes)).path)).status).toBe(200)
    const changed = await exampleLinks({ secrets: [fresh] })
    expect((await changed.call((await changed.linkTo(bytes)).path)).status).toBe(403)
  })

  it('leads to what is gone', async () => {
    const { call, linkTo, store } = await exampleLinks()
    const { path, key } = await linkTo(bytes)
    await store.delete(key)
    expect((await call(path)).status).toBe(404)
  })
})
