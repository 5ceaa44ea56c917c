import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import {
  bytesOf,
  exampleStore,
  inPieces,
  longBytes,
} from '#connectors/object-store-s3/example-store'

const body = Buffer.from('the bytes')

describe('an object that is sent in parts', () => {
  const isPart = ({ query }: { query: URLSearchParams }) => query.has('partNumber')

  it('leaves nothing where a part fails for good', async () => {
    const { store, sandbox } = await exampleStore()
    sandbox.badDay = (request) =>
      request.query.get('partNumber') === '2' ? { status: 500, code: 'InternalError' } : undefined
    await expect(store.put('a', inPieces(longBytes))).rejects.toMatchObject({
      name: 'TransientError',
    })
    expect([sandbox.keys(), sandbox.uploads()]).toEqual([[], []])
  })

  it('stops at once where a part fails, although its body goes on', async () => {
    const { store, sandbox } = await exampleStore()
    sandbox.badDay = (request) =>
      isPart(request) ? { status: 500, code: 'InternalError' } : undefined
    const endless = async function* () {
      yield* inPieces(longBytes)
      await new Promise(() => undefined)
    }
    await expect(store.put('a', endless())).rejects.toThrow('InternalError')
    expect(sandbox.uploads()).toEqual([])
  })

  it('has no more than so many under way at a time', async () => {
    const { store, sandbox } = await exampleStore({ parts_at_once: 2 })
    let [running, most] = [0, 0]
    sandbox.badDay = async (request) => {
      if (!isPart(request)) return undefined
      most = Math.max(most, (running += 1))
      await sleep(50)
      running -= 1
      return undefined
    }
    await store.put('a', inPieces(longBytes))
    expect(most).toBe(2)
  })

  it('is there although the answer was lost that said so', async () => {
    const { store, sandbox } = await exampleStore()
    sandbox.badDay = ({ method, query }) =>
      method === 'POST' && query.has('uploadId') ? 'lost' : undefined
    const stored = await store.put('a', inPieces(longBytes))
    expect(stored.bytes).toBe(longBytes.length)
    expect(await store.head('a')).toEqual(stored)
  })

  it('is never seen without its checksum', async () => {
    const { store, sandbox } = await exampleStore()
    await store.put('a', inPieces(longBytes))
    const doings = sandbox.requests.map(({ method, key, query }) => {
      if (query.has('uploads')) return 'begin'
      if (query.has('partNumber')) return 'part'
      if (query.has('uploadId')) return 'end'
      return `${method} ${key.replace(/@.*/, '@id')}`
    })
    expect(doings).toEqual(['begin', 'part', 'part', 'part', 'PUT a@id', 'end', 'HEAD a'])
  })

  it('takes its facts with it when it is deleted', async () => {
    const { store, sandbox } = await exampleStore()
    await store.put('a', inPieces(longBytes))
    expect(sandbox.keys()).toHaveLength(2)
    await store.delete('a')
    expect(sandbox.keys()).toEqual([])
  })

  it('leaves facts behind where it is replaced, which are found', async () => {
    const { store, sandbox } = await exampleStore()
    await store.put('a', inPieces(longBytes))
    await store.put('a', body)
    await store.put('b', inPieces(longBytes))
    for await (const one of store.abandoned(new Date(Date.now() + 60_000).toISOString())) {
      expect(one.key).toBe('a')
      await one.abort()
    }
    expect(sandbox.keys().map((key) => key.replace(/@.*/, '@id'))).toEqual(['a', 'b', 'b@id'])
    expect((await bytesOf(store, 'b')).equals(longBytes)).toBe(true)
  })
})
