import { z } from 'zod'
import { parsed, SettingsError } from '#apps/platform/settings'
import { webAddress } from '#apps/platform/web-address'
import { filesStore } from '#connectors/object-store-files/index'
import { RejectedError } from '#core/errors'
import type { ObjectStore } from '#ports/object-store'

const secretBytesMin = 32

/** `<32 bytes or more in base64>,…`; what is refused is not shown. */
const LinkSecrets = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .refine((parts) => parts.every((part) => /^[A-Za-z0-9+/_-]{43,}={0,2}$/.test(part)), {
    error: `must be <${secretBytesMin} bytes in base64>,…`,
    abort: true,
  })
  .transform((parts) => parts.map((part) => Buffer.from(part, 'base64')))

const list = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(z.array(z.enum(['copies', 'uploads'])))

const Environment = z.object({
  S3_BUCKET: z.string().optional(),
  S3_ENDPOINT: webAddress.optional(),
  S3_REGION: z.string().optional(),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  S3_PREFIX: z.string().optional(),
  S3_LACKS: list.optional(),
  OBJECT_STORE_FOLDER: z.string().optional(),
  OBJECT_STORE_URL: webAddress.optional(),
  OBJECT_STORE_LINK_SECRETS: LinkSecrets.optional(),
})
type Given = z.infer<typeof Environment>

/** The store that the environment names, and what `serveLinks` needs where its links are ours to serve. */
export interface OpenedObjectStore {
  readonly store: ObjectStore
  readonly linkSecrets?: readonly Uint8Array[]
}

/** Opens no connection yet. Throws SettingsError where no store is named, or two are. */
export async function openObjectStore(
  env: Readonly<Record<string, string | undefined>>,
): Promise<OpenedObjectStore> {
  const given = parsed(Environment, env)
  const isS3 = given.S3_BUCKET !== undefined || given.S3_ENDPOINT !== undefined
  if (isS3 && given.OBJECT_STORE_FOLDER !== undefined) {
    throw new SettingsError('S3_BUCKET and OBJECT_STORE_FOLDER are both set: name one store')
  }
  return isS3 ? openS3(given) : openFiles(given)
}

async function openS3(given: Given): Promise<OpenedObjectStore> {
  if (given.S3_BUCKET === undefined) throw new SettingsError('S3_BUCKET is not set')
  const entries = {
    bucket: given.S3_BUCKET,
    endpoint: given.S3_ENDPOINT,
    region: given.S3_REGION,
    access_key_id: given.S3_ACCESS_KEY_ID,
    secret_access_key: given.S3_SECRET_ACCESS_KEY,
    prefix: given.S3_PREFIX,
    lacks: given.S3_LACKS,
  }
  // What speaks S3 takes twenty megabytes of a process: only those that have one load it.
  const { s3Store } = await import('#connectors/object-store-s3/index')
  const set = Object.entries(entries).filter(([, value]) => value !== undefined)
  try {
    return { store: s3Store(Object.fromEntries(set) as Parameters<typeof s3Store>[0]) }
  } catch (error) {
    if (!(error instanceof RejectedError)) throw error
    throw new SettingsError(`S3: ${error.message}`)
  }
}

function openFiles(given: Given): OpenedObjectStore {
  const { OBJECT_STORE_FOLDER: folder, OBJECT_STORE_URL: url } = given
  const { OBJECT_STORE_LINK_SECRETS: secrets } = given
  if (folder === undefined) {
    throw new SettingsError(
      'no object store is named: set S3_BUCKET, with S3_ENDPOINT where it is not Amazon, or OBJECT_STORE_FOLDER',
    )
  }
  if (url === undefined && secrets === undefined) return { store: filesStore({ folder }) }
  if (url === undefined || secrets === undefined) {
    throw new SettingsError('OBJECT_STORE_URL and OBJECT_STORE_LINK_SECRETS go together')
  }
  const links = { url: url.replace(/\/+$/, ''), secrets }
  return { store: filesStore({ folder, links }), linkSecrets: secrets }
}
