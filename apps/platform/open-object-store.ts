import type { ExportSettings } from '#apps/platform/export-settings'
import { filesStore } from '#connectors/object-store-files/index'
import { s3Store } from '#connectors/object-store-s3/index'
import { TransientError } from '#core/errors'
import type { ObjectStore } from '#ports/object-store'

/** The object store that an installation names; one that nobody named says so whenever it is used. */
export function openObjectStore(settings: ExportSettings): ObjectStore {
  const { OBJECT_STORE_DIR: folder, S3_BUCKET: bucket } = settings
  if (folder !== undefined) return filesStore({ folder, links: linksOf(settings) })
  if (bucket === undefined) return absent
  return s3Store({
    bucket,
    endpoint: settings.S3_ENDPOINT,
    region: settings.S3_REGION,
    prefix: settings.S3_PREFIX,
    access_key_id: settings.S3_ACCESS_KEY_ID,
    secret_access_key: settings.S3_SECRET_ACCESS_KEY,
  })
}

function linksOf(settings: ExportSettings) {
  const { OBJECT_STORE_LINKS_URL: url, OBJECT_STORE_LINK_SECRETS: secrets } = settings
  return url === undefined || secrets === undefined ? undefined : { url, secrets }
}

const missing = () => {
  throw new TransientError('there is no object store: set OBJECT_STORE_DIR or S3_BUCKET', {
    isOfParty: false,
  })
}

const absent: ObjectStore = {
  put: async () => missing(),
  putIfAbsent: async () => missing(),
  get: async () => missing(),
  head: async () => missing(),
  delete: async () => missing(),
  deletePrefix: async () => missing(),
  list: () => missing(),
  compose: async () => missing(),
  signGet: async () => missing(),
  abandoned: () => missing(),
  close: async () => undefined,
}
