import { expect, it, onTestFinished } from 'vitest'
import { s3Store } from '#connectors/object-store-s3/index'
import { startS3Sandbox } from '#connectors/object-store-s3/sandbox'
import { segmentKey } from '#streams/exports/export-objects'
import { extracted, requestedBy, requestIds, Story } from '#streams/exports/export-samples'
import { sweepExports } from '#streams/exports/sweep-exports'
import { s3Driver } from '#tests/contract/object-store/s3-driver'

/** A bucket whose list takes several requests, and what a killed writer leaves in it. */
async function bucket() {
  const sandbox = await startS3Sandbox()
  onTestFinished(() => sandbox.stop())
  const { bucket, url: endpoint, key } = sandbox
  const place = { bucket, endpoint, access_key_id: key.id, secret_access_key: key.secret }
  const store = s3Store({ ...place, page: 3 })
  onTestFinished(() => store.close())
  return { sandbox, store, begin: s3Driver(place, store).begin }
}

it('sweeps a bucket page by page while it deletes from it', async () => {
  const { sandbox, store, begin } = await bucket()
  const [alive, orphan] = requestIds
  const others = [3, 4].map((digit) => orphan.replaceAll('2', String(digit)))
  const story = new Story()
  story.told(requestedBy(0), extracted)
  const kept = [segmentKey(alive, 0), segmentKey(alive, 1)]
  for (const key of kept) await store.put(key, Buffer.from('four'))
  for (const id of [orphan, ...others]) {
    for (let chunk = 0; chunk < 7; chunk++) {
      await store.put(segmentKey(id, chunk), Buffer.from('four'))
    }
    await begin(segmentKey(id, 7))
  }
  const swept = await sweepExports({
    objects: store,
    exports: { get: (id) => story.current.get(id), refresh: async () => undefined },
    before: new Date(Date.now() + 60_000),
    isDryRun: false,
  })
  expect(swept).toMatchObject({
    unknown: { objects: 21, bytes: 84 },
    ...{ uploads: 3, foreign: 0, stopped_by: null, export_ids: [orphan, ...others] },
  })
  expect(sandbox.keys()).toEqual(kept)
  expect(sandbox.uploads()).toEqual([])
})
