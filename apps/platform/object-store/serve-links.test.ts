import { describe, expect, it } from 'vitest'
import { exampleLinks } from '#apps/platform/object-store/example-links'

function namedIn(headers: Headers): Record<string, string> {
  const named: Record<string, string> = {}
  headers.forEach((value, name) => (named[name] = value))
  return named
}

const bytes = Buffer.from('0123456789'.repeat(1_000))

describe('a link', () => {
  it('gives an object as a file, for nobody else to keep', async () => {
    const { call, linkTo } = await exampleLinks()
    const { path, stored } = await linkTo(bytes)
    const answer = await call(path)
    expect(answer.status).toBe(200)
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true)
    expect(namedIn(answer.headers)).toMatchObject({
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-store',
      'content-disposition': `attachment; filename="Luca _.zip"; filename*=UTF-8''Luca%20%C3%A8.zip`,
      'content-length': '10000',
      'content-type': 'application/zip',
      etag: stored.etag,
      'last-modified': 'Mon, 30 Nov 2026 10:00:00 GMT',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
    expect(answer.headers.get('etag')).toMatch(/^"[0-9a-f]{64}"$/)
  })

  it('tells the same of an object without its bytes', async () => {
    const { call, linkTo } = await exampleLinks()
    const { path } = await linkTo(bytes)
    const [got, told] = [await call(path), await call(path, { method: 'HEAD' })]
    await got.arrayBuffer()
    expect(told.status).toBe(200)
    expect(await told.text()).toBe('')
    const without = ({ headers }: Response) => {
      return { ...namedIn(headers), date: '', 'x-request-id': '', connection: '', 'keep-alive': '' }
    }
    expect(without(told)).toEqual(without(got))
  })

  it('resumes a download where it was cut, as long as it is the same object', async () => {
    const { call, linkTo, store } = await exampleLinks()
    const { path, stored, key } = await linkTo(bytes)
    const resumed = { range: 'bytes=4321-', 'if-range': stored.etag }
    const rest = await call(path, { headers: resumed })
    expect(rest.status).toBe(206)
    expect(rest.headers.get('content-range')).toBe('bytes 4321-9999/10000')
    const given = Buffer.from(await rest.arrayBuffer())
    expect(Buffer.concat([bytes.subarray(0, 4_321), given]).equals(bytes)).toBe(true)
    await store.put(key, Buffer.from('another'))
    const whole = await call(path, { headers: resumed })
    expect([whole.status, await whole.text()]).toEqual([200, 'another'])
  })

  it('says how long an object is that has no such range', async () => {
    const { call, linkTo } = await exampleLinks()
    const { path } = await linkTo(bytes)
    const answer = await call(path, { headers: { range: 'bytes=10000-' } })
    expect([answer.status, await answer.text()]).toEqual([416, ''])
    expect(answer.headers.get('content-range')).toBe('bytes */10000')
    expect(answer.headers.get('content-disposition')).toBeNull()
  })

  it('says with a status alone what who asks knows already', async () => {
    const { call, linkTo } = await exampleLinks()
    const { path, stored } = await linkTo(bytes)
    const known = await call(path, { headers: { 'if-none-match': stored.etag } })
    expect([known.status, known.headers.get('etag')]).toEqual([304, stored.etag])
    const other = await call(path, { headers: { 'if-match': '"other"' } })
    expect(other.status).toBe(412)
  })

  it('gives an object of no bytes', async () => {
    const { call, linkTo } = await exampleLinks()
    const { path } = await linkTo(Buffer.alloc(0))
    const answer = await call(path)
    expect([answer.status, await answer.text()]).toEqual([200, ''])
    expect(answer.headers.get('content-length')).toBe('0')
  })

  it('is read, not written to', async () => {
    const { call, linkTo } = await exampleLinks()
    const { path } = await linkTo(bytes)
    const answer = await call(path, { method: 'PUT', body: 'x' })
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
  })
})

it('is in no line of a log, whatever becomes of it', async () => {
  const links = await exampleLinks()
  const { path, key } = await links.linkTo(bytes, { forMs: 1_000 })
  await (await links.call(path)).arrayBuffer()
  await links.call(`${path}x`)
  links.clock.ms += 1_000
  await links.call(path)
  await links.store.delete(key)
  links.clock.ms -= 1_000
  await links.call(path)
  const logged = JSON.stringify(links.logged)
  expect(links.logged.length).toBeGreaterThan(1)
  for (const secret of ['signature', 'archive', 'Luca', 'expires']) {
    expect(logged).not.toContain(secret)
  }
})
