import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { exampleLinks } from '#apps/platform/object-store/example-links'
import { TransientError } from '#core/errors'
import type { ObjectStore } from '#ports/object-store'

describe('a reader', () => {
  const chunk = Buffer.alloc(256 * 1024, 1)
  const chunks = 400
  /** A store whose only object is as long as no buffer is, and which tells how much of it was taken. */
  function longObject() {
    const told = { taken: 0, isLeft: false, failAt: chunks }
    const object = {
      key: 'a',
      bytes: chunk.length * chunks,
      sha256: '0'.repeat(64),
      etag: '"long"',
      contentType: 'application/zip',
      storedAt: '2026-11-30T10:00:00.000Z',
    }
    async function* body() {
      try {
        for (; told.taken < chunks; told.taken += 1) {
          if (told.taken === told.failAt) throw new TransientError('the disk fails')
          yield chunk
        }
      } finally {
        told.isLeft = true
      }
    }
    const store: Pick<ObjectStore, 'head' | 'get'> = {
      head: async () => object,
      get: async () => ({ object, body: body() }),
    }
    return { store, told }
  }

  const begun = async (given: { readonly stallMsMax?: number } = {}) => {
    const { store, told } = longObject()
    const links = await exampleLinks({ store, ...given })
    const { path } = await links.linkTo(Buffer.from('signed'))
    const { hostname, port } = new URL(links.url)
    const socket = connect(Number(port), hostname)
    socket.on('error', () => undefined)
    socket.write(`GET ${path} HTTP/1.1\r\nhost: a\r\n\r\n`)
    await once(socket, 'readable')
    return { ...links, path, socket, told }
  }

  it('that is slow has no more read for it than it takes', async () => {
    const { socket, told } = await begun()
    await sleep(300)
    const { taken } = told
    expect(taken).toBeLessThan(chunks / 4)
    await sleep(200)
    expect(told.taken).toBe(taken)
    socket.destroy()
    await expect.poll(() => told.isLeft).toBe(true)
  })

  it('that takes nothing any more is cut off, and nothing is kept open for it', async () => {
    const { told, logged } = await begun({ stallMsMax: 200 })
    await expect.poll(() => told.isLeft, { timeout: 5_000 }).toBe(true)
    expect(told.taken).toBeLessThan(chunks)
    expect(logged).toEqual([])
  })

  it('is never told that it has all where the store fails in the middle', async () => {
    const { call, path, told, socket, logged } = await begun()
    socket.destroy()
    await expect.poll(() => told.isLeft).toBe(true)
    Object.assign(told, { taken: 0, failAt: 3 })
    const answer = await call(path)
    expect(answer.status).toBe(200)
    await expect(answer.arrayBuffer()).rejects.toThrow()
    expect(logged).toMatchObject([{ level: 'warn', fields: { detail: 'the disk fails' } }])
  })
})
