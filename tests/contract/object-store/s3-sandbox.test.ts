import { afterAll, beforeAll } from 'vitest'
import { s3Store } from '#connectors/object-store-s3/index'
import { type S3Sandbox, startS3Sandbox } from '#connectors/object-store-s3/sandbox'
import { s3Driver } from '#tests/contract/object-store/s3-driver'
import { holdsAsObjectStore } from '#tests/contract/object-store/store-contract'
import type { StoreDriver } from '#tests/contract/object-store/store-driver'

let sandbox: S3Sandbox
let driver: StoreDriver
beforeAll(async () => {
  const clock = { aheadMs: 0 }
  const now = () => Date.now() + clock.aheadMs
  sandbox = await startS3Sandbox({ now })
  const { id: access_key_id, secret: secret_access_key } = sandbox.key
  const keys = { access_key_id, secret_access_key }
  const config = {
    bucket: sandbox.bucket,
    endpoint: sandbox.url,
    prefix: 'ours/',
    page: 3,
    ...keys,
  }
  driver = {
    ...s3Driver(config, s3Store(config, { now })),
    pass: async (ms) => void (clock.aheadMs += ms),
    now,
  }
})
afterAll(async () => {
  await driver.store.close()
  await sandbox.stop()
})

holdsAsObjectStore('a store in the sandbox of S3', () => driver)
