import { availableParallelism } from 'node:os'
import { z } from 'zod'
import { parsed, SettingsError } from '#apps/platform/settings'
import { webAddress } from '#apps/platform/web-address'

const LinkSecrets = z
  .string()
  .transform((text) => text.split(',').map((secret) => Buffer.from(secret.trim(), 'base64')))

/** Where objects of exports lie, where their movements come from, and with how much they are printed. */
export const ExportEnvironment = z.object({
  OBJECT_STORE_DIR: z.string().min(1).optional(),
  OBJECT_STORE_LINKS_URL: webAddress.optional(),
  OBJECT_STORE_LINK_SECRETS: LinkSecrets.optional(),
  S3_BUCKET: z.string().optional(),
  S3_ENDPOINT: z.string().optional(),
  S3_REGION: z.string().optional(),
  S3_PREFIX: z.string().optional(),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  CORRENTE_MOVEMENTS_DIR: z.string().min(1).optional(),
  CORRENTE_PRINTING_THREADS: z.coerce
    .number()
    .int()
    .min(1)
    .max(64)
    .default(() => availableParallelism()),
})
export type ExportSettings = z.infer<typeof ExportEnvironment>

/** Throws SettingsError; without a store nothing is exported, and every step says so. */
export function exportSettings(env: Readonly<Record<string, string | undefined>>): ExportSettings {
  const given = parsed(ExportEnvironment, env)
  if (given.OBJECT_STORE_DIR !== undefined && given.S3_BUCKET !== undefined) {
    throw new SettingsError('set OBJECT_STORE_DIR or S3_BUCKET, and not both')
  }
  const hasUrl = given.OBJECT_STORE_LINKS_URL !== undefined
  if (hasUrl !== (given.OBJECT_STORE_LINK_SECRETS !== undefined)) {
    throw new SettingsError('OBJECT_STORE_LINKS_URL goes with OBJECT_STORE_LINK_SECRETS')
  }
  return given
}
