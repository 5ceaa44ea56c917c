import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { bytesOf, exampleStore, longBytes } from '#connectors/object-store-s3/example-store'

describe('an object that is composed of large ones', () => {
  it('is copied inside the store, but for what joins them', async () => {
    const { store, sandbox } = await exampleStore()
    for (const key of ['a', 'b']) await store.put(key, longBytes)
    const before = sandbox.requests.length
    const parts = [{ key: 'a' }, Buffer.from('|'), { key: 'b' }, Buffer.from('end')]
    const stored = await store.compose('whole', parts)
    const sent = sandbox.requests.slice(before).filter(({ query }) => query.has('partNumber'))
    const copied = sent.filter(({ headers }) => 'x-amz-copy-source' in headers)
    expect(copied).toHaveLength(2)
    const bytes = sent.reduce((total, request) => total + request.body.length, 0)
    expect(bytes).toBe(5 * 1024 * 1024 + 'end'.length)
    expect(stored.bytes).toBe(2 * longBytes.length + 4)
    const whole = Buffer.concat([longBytes, Buffer.from('|'), longBytes, Buffer.from('end')])
    expect((await bytesOf(store, 'whole')).equals(whole)).toBe(true)
  })

  it('is read and written again where the store has no copies', async () => {
    const { store, sandbox } = await exampleStore({ lacks: ['copies'] })
    await store.put('a', longBytes)
    await store.compose('whole', [{ key: 'a' }, { key: 'a' }])
    expect(sandbox.requests.some(({ headers }) => 'x-amz-copy-source' in headers)).toBe(false)
    expect((await bytesOf(store, 'whole')).length).toBe(2 * longBytes.length)
  })

  it('is of one version of each, also where one is replaced meanwhile', async () => {
    const { store, sandbox } = await exampleStore()
    const another = Buffer.alloc(longBytes.length, 'another')
    await store.put('a', longBytes)
    let replacing: Promise<unknown> | undefined
    sandbox.badDay = async ({ headers, query }) => {
      if (!('x-amz-copy-source' in headers) || query.get('partNumber') !== '2') return undefined
      // The first part is copied by then, and all is read for the checksum.
      await sleep(300)
      await (replacing ??= store.put('a', another))
      return undefined
    }
    const stored = await store.compose('whole', [{ key: 'a' }, { key: 'a' }])
    const whole = await bytesOf(store, 'whole')
    const versions = [longBytes, another].map((one) => Buffer.concat([one, one]))
    expect(versions.some((version) => version.equals(whole))).toBe(true)
    expect(stored).toEqual(await store.head('whole'))
  })
})
