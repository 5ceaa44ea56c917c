import { afterAll, describe, it } from 'vitest'
import { z } from 'zod'
import { s3Store } from '#connectors/object-store-s3/index'
import { s3Driver } from '#tests/contract/object-store/s3-driver'
import { holdsAsObjectStore } from '#tests/contract/object-store/store-contract'
import { type Lacking, lackings, type StoreDriver } from '#tests/contract/object-store/store-driver'

/** `S3_LACKS` may have further words than the platform takes: what no setting makes up for is not asked for. */
const Environment = z.object({
  S3_ENDPOINT: z.url(),
  S3_BUCKET: z.string(),
  S3_REGION: z.string().default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string(),
  S3_SECRET_ACCESS_KEY: z.string(),
  S3_LACKS: z
    .string()
    .default('')
    .transform((text) => text.split(',').filter((word) => word !== ''))
    .pipe(z.array(z.enum(Object.keys(lackings) as Lacking[]))),
})

function openDriver(): StoreDriver {
  const given = Environment.parse(process.env)
  const lacks = (['copies', 'uploads'] as const).filter((word) => given.S3_LACKS.includes(word))
  const config = {
    bucket: given.S3_BUCKET,
    endpoint: given.S3_ENDPOINT,
    region: given.S3_REGION,
    access_key_id: given.S3_ACCESS_KEY_ID,
    secret_access_key: given.S3_SECRET_ACCESS_KEY,
    prefix: 'corrente-contract/',
  }
  const driver = s3Driver(config, s3Store({ ...config, lacks }))
  return { ...driver, lacks: new Set(given.S3_LACKS) }
}

if (process.env['S3_ENDPOINT']) {
  const driver = openDriver()
  afterAll(() => driver.store.close())
  holdsAsObjectStore('a store at S3_ENDPOINT', () => driver)
} else {
  console.log('S3_ENDPOINT is not set: the contract is held against the sandbox of S3 alone')
  describe('a store at S3_ENDPOINT', () => it.skip('S3_ENDPOINT is not set', () => {}))
}
