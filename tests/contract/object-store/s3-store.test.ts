import { afterAll, describe, it } from 'vitest'
import { z } from 'zod'
import { s3Store } from '#connectors/object-store-s3/index'
import { s3Driver } from '#tests/contract/object-store/s3-driver'
import { holdsAsObjectStore } from '#tests/contract/object-store/store-contract'
import type { Lacking, StoreDriver } from '#tests/contract/object-store/store-driver'

/** `S3_LACKS` as the platform takes it, and `conditions`, which no setting makes up for. */
const Environment = z.object({
  S3_ENDPOINT: z.url(),
  S3_BUCKET: z.string(),
  S3_REGION: z.string().default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string(),
  S3_SECRET_ACCESS_KEY: z.string(),
  S3_LACKS: z.string().default(''),
})

const lackingOf: Readonly<Record<string, Lacking>> = {
  conditions: 'conditional writes',
  copies: 'copies of parts',
  uploads: 'lists of uploads',
}

function openDriver(): StoreDriver {
  const given = Environment.parse(process.env)
  const words = given.S3_LACKS.split(',').filter((word) => word !== '')
  const lacks = (['copies', 'uploads'] as const).filter((word) => words.includes(word))
  const config = {
    bucket: given.S3_BUCKET,
    endpoint: given.S3_ENDPOINT,
    region: given.S3_REGION,
    access_key_id: given.S3_ACCESS_KEY_ID,
    secret_access_key: given.S3_SECRET_ACCESS_KEY,
    prefix: 'corrente-contract/',
  }
  const driver = s3Driver(config, s3Store({ ...config, lacks: [...lacks] }))
  return { ...driver, lacks: new Set(words.map((word) => lackingOf[word]!)) }
}

if (process.env['S3_ENDPOINT']) {
  const driver = openDriver()
  afterAll(() => driver.store.close())
  const named = [...driver.lacks].map((what) => `no ${what}`).join(', ')
  holdsAsObjectStore(`a store at S3_ENDPOINT${named && ` (${named})`}`, () => driver)
} else {
  console.log('S3_ENDPOINT is not set: the contract is held against the sandbox of S3 alone')
  describe('a store at S3_ENDPOINT', () => it.skip('is not named by the environment', () => {}))
}
