import { describe, expect, it } from 'vitest'
import { bytesOf, exampleStore, longBytes } from '#connectors/object-store-s3/example-store'
import type { BadDay } from '#connectors/object-store-s3/sandbox'

const body = Buffer.from('the bytes')

describe('what the store answers', () => {
  it.each([
    [503, 'SlowDown', 'TransientError', 'the object store is busy or fails (503, SlowDown)'],
    [
      500,
      'InternalError',
      'TransientError',
      'the object store is busy or fails (500, InternalError)',
    ],
    [429, 'TooManyRequests', 'TransientError', 'is busy or fails (429, TooManyRequests)'],
    [403, 'AccessDenied', 'TransientError', 'does not take our credentials, or they have no right'],
    [403, 'RequestTimeTooSkewed', 'TransientError', 'the clocks of this machine and of the store'],
    [404, 'NoSuchBucket', 'TransientError', 'its bucket is not there: make it, or set S3_BUCKET'],
    [507, 'InsufficientStorage', 'TransientError', 'it is full: make room in it'],
    [400, 'InvalidArgument', 'RejectedError', 'refuses (400, InvalidArgument)'],
    [400, 'EntityTooLarge', 'RejectedError', 'larger than the object store keeps'],
  ])('%i %s: %s, %s', async (status, code, name, sentence) => {
    const { store, sandbox } = await exampleStore()
    await store.put('a', body)
    sandbox.badDay = () => ({ status, code })
    for (const ask of [() => store.put('a', body), () => store.get('a')]) {
      const asked = ask()
      await expect(asked).rejects.toMatchObject({ name })
      await expect(asked).rejects.toThrow(sentence)
      await expect(asked).rejects.not.toThrow(sandbox.key.secret)
    }
  })

  it.each<[string, BadDay]>([
    ['nothing, for longer than is waited', 'hang'],
    ['nothing, and breaks off', 'lost'],
  ])('is %s: it can be tried again', async (_what, badDay) => {
    const { store, sandbox } = await exampleStore({ idle_ms: 200 })
    await store.put('a', body)
    sandbox.badDay = () => badDay
    for (const ask of [() => store.put('a', body), () => store.get('a'), () => store.head('a')]) {
      const asked = ask()
      await expect(asked).rejects.toMatchObject({ name: 'TransientError' })
      await expect(asked).rejects.toThrow(/^the object store gave no answer \(\w+\)$/)
    }
  })

  it('is tried again by itself where it says that it is busy', async () => {
    const { store, sandbox } = await exampleStore({ attempts: 3 })
    let refusals = 2
    sandbox.badDay = () => (refusals-- > 0 ? { status: 503, code: 'SlowDown' } : undefined)
    await store.put('a', body)
    expect((await bytesOf(store, 'a')).equals(body)).toBe(true)
  })

  it.each([
    ['of an object', longBytes.subarray(0, 1_000_000)],
    ['of the facts of an object', longBytes],
  ])('breaks off in the middle %s: what was given is not taken for all', async (_what, bytes) => {
    const { store, sandbox } = await exampleStore()
    await store.put('a', bytes)
    sandbox.badDay = ({ method }) => (method === 'GET' ? 'cut' : undefined)
    await expect(bytesOf(store, 'a')).rejects.toMatchObject({ name: 'TransientError' })
  })

  it.each<[string, Parameters<typeof bytesOf>[2]]>([
    ['of an object', undefined],
    ['of some of it', { from: 1_000, to: 900_000 }],
  ])('ends early %s, without a word: what was given is not taken for all', async (_what, range) => {
    const { store, sandbox } = await exampleStore()
    await store.put('a', longBytes.subarray(0, 1_000_000))
    sandbox.badDay = ({ method }) => (method === 'GET' ? 'short' : undefined)
    await expect(bytesOf(store, 'a', range)).rejects.toMatchObject({ name: 'TransientError' })
  })

  it('ends early of the facts of an object: that is no damage', async () => {
    const { store, sandbox } = await exampleStore()
    await store.put('a', longBytes)
    sandbox.badDay = ({ key }) => (key.includes('@') ? 'short' : undefined)
    await expect(store.head('a')).rejects.toMatchObject({ name: 'TransientError' })
  })

  it('ends early of what an archive is composed of: none is made of it', async () => {
    const { store, sandbox } = await exampleStore()
    await store.put('a', longBytes.subarray(0, 1_000_000))
    sandbox.badDay = ({ method }) => (method === 'GET' ? 'short' : undefined)
    const composing = store.compose('b', [{ key: 'a' }, body])
    await expect(composing).rejects.toMatchObject({ name: 'TransientError' })
    expect(sandbox.keys()).toEqual(['a'])
  })

  it.each<[string, BadDay]>([
    ['ends early', 'short'],
    ['is cut', 'cut'],
  ])(
    '%s where it is no object, too: a list, a copy, what began or ended',
    async (_what, badDay) => {
      const { store, sandbox } = await exampleStore()
      await store.put('a/1', longBytes)
      const listed = async () => {
        for await (const _ of store.list('a/')) continue
      }
      const asked: Readonly<Record<string, () => Promise<unknown>>> = {
        listed,
        deleted: () => store.deletePrefix('a/'),
        composed: () => store.compose('b', [{ key: 'a/1' }, { key: 'a/1' }]),
        sent: () => store.put('c', longBytes),
      }
      for (const [what, ask] of Object.entries(asked)) {
        sandbox.badDay = ({ method }) => (method === 'HEAD' ? undefined : badDay)
        await expect(ask(), what).rejects.toMatchObject({ name: 'TransientError' })
        sandbox.badDay = () => undefined
      }
      expect(sandbox.keys()).not.toContain('b')
    },
  )

  it('says when to come again, far ahead: nobody waits for so long in a try', async () => {
    const { store, sandbox } = await exampleStore({ attempts: 2 })
    sandbox.badDay = () => ({ status: 503, code: 'SlowDown', retryAfter: 3_600 })
    const began = performance.now()
    await expect(store.put('a', body)).rejects.toThrow('is busy or fails (503, SlowDown)')
    expect(performance.now() - began).toBeLessThan(10_000)
  }, 15_000)

  it('is of nobody who listens', async () => {
    const { store, sandbox } = await exampleStore()
    await sandbox.stop()
    sandbox.stop = async () => undefined
    await expect(store.head('a')).rejects.toThrow('gave no answer (ECONNREFUSED)')
  })

  it('to credentials that are none is told without them', async () => {
    const { store } = await exampleStore({ secret_access_key: 'another-secret' })
    await expect(store.head('a')).rejects.toThrow('does not take our credentials')
    await expect(store.put('a', body)).rejects.toThrow('(SignatureDoesNotMatch)')
    await expect(store.put('a', body)).rejects.not.toThrow('another-secret')
  })
})
