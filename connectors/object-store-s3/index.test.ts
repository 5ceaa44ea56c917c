import { setTimeout as sleep } from 'node:timers/promises'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { describe, expect, it } from 'vitest'
import { bytesOf, exampleStore, longBytes } from '#connectors/object-store-s3/example-store'
import { s3Store } from '#connectors/object-store-s3/index'

const body = Buffer.from('the bytes')

describe('an object', () => {
  it('that another program put is damaged, by name', async () => {
    const { store, sandbox } = await exampleStore()
    const { bucket, url: endpoint, key } = sandbox
    const credentials = { accessKeyId: key.id, secretAccessKey: key.secret }
    const client = new S3Client({
      endpoint,
      region: 'us-east-1',
      forcePathStyle: true,
      credentials,
    })
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'a', Body: body }))
    client.destroy()
    await expect(store.head('a')).rejects.toMatchObject({ code: 'damaged-object' })
    await expect(store.get('a')).rejects.toThrow(
      'object a is damaged: it was not put by this store',
    )
    await store.put('a', body)
    expect((await bytesOf(store, 'a')).equals(body)).toBe(true)
  })

  it('that is left in the middle of reading holds no connection', async () => {
    const { store } = await exampleStore()
    await store.put('a', longBytes)
    for (let reads = 0; reads < 60; reads += 1) {
      const read = await store.get('a')
      for await (const _ of read!.body) break
    }
    await Promise.race([
      store.head('a'),
      sleep(5_000).then(() => Promise.reject(new Error('late'))),
    ])
  })
})

it.each([
  [{ bucket: 'ab' }, 'bucket: '],
  [{ bucket: 'abc', endpoint: 'http://user:hidden@host' }, 'endpoint: has a query, a fragment or'],
  [{ bucket: 'abc', access_key_id: 'a' }, 'access_key_id: it goes with secret_access_key'],
  [{ bucket: 'abc', part_bytes: 1_000 }, 'part_bytes: '],
  [{ bucket: 'abc', prefix: '../' + 'a@b/' }, 'prefix: '],
])('a configuration that is wrong is refused by its member: %j', (config, sentence) => {
  expect(() => s3Store(config)).toThrow(sentence)
  expect(() => s3Store(config)).not.toThrow('hidden')
})
