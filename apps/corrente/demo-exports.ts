import { join } from 'node:path'
import type { Environment } from '#apps/corrente/installation'
import type { secretsOf } from '#apps/corrente/secrets'
import { webhookScenes } from '#connectors/webhook/sandbox'

/** Who may ask for exports of every tenant of an installation. */
const holder = 'corrente'

const everyScene = Object.keys(webhookScenes)
  .map((scene) => `*:${scene}`)
  .join(',')

/**
 * Where an installation reads movements from, as the source `csv`, and keeps what is made of them: in a folder of its own,
 * unless its environment names a bucket.
 */
export const exportsStoreOf = (dataDir: string, platform: Environment) => ({
  CORRENTE_MOVEMENTS_DIR: join(dataDir, 'movements'),
  ...(platform['S3_BUCKET'] ? {} : { OBJECT_STORE_FOLDER: join(dataDir, 'objects') }),
})

/**
 * What the API alone is told: who may ask, how it signs the links that it serves, and which webhooks tenants have: those of
 * the sandbox, unless the environment says.
 */
export const exportsEnvOf = (
  address: string,
  { exportsToken, linkSecret }: Pick<ReturnType<typeof secretsOf>, 'exportsToken' | 'linkSecret'>,
  platform: Environment,
) => ({
  EXPORTS_TOKENS: `${holder}:${exportsToken}`,
  EXPORTS_TENANTS: `${holder}:*`,
  EXPORTS_PAGE_URL: platform['EXPORTS_PAGE_URL'] || `${address}/exports`,
  EXPORTS_WEBHOOKS: platform['EXPORTS_WEBHOOKS'] || everyScene,
  OBJECT_STORE_URL: `${address}/objects`,
  OBJECT_STORE_LINK_SECRETS: linkSecret,
})
