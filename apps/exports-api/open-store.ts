import type { Express } from 'express'
import { openObjectStore } from '#apps/platform/object-store/open-object-store'
import { serveLinks } from '#apps/platform/object-store/serve-links'
import { SettingsError } from '#apps/platform/settings'
import type { ObjectStore } from '#ports/object-store'

/** Where this app serves what links lead to, if the store does not do so itself: OBJECT_STORE_URL leads there. */
export const objectsPath = '/objects'

/** A store whose links lead somewhere. */
export interface LinkingStore {
  readonly store: ObjectStore
  /** Absent where the store serves its links itself. */
  readonly serveObjects?: (app: Express) => void
}

/** Opens no connection yet. Throws SettingsError where no store is named, or its links would lead nowhere. */
export async function openLinkingStore(
  env: Readonly<Record<string, string | undefined>>,
): Promise<LinkingStore> {
  const { store, linkSecrets: secrets } = await openObjectStore(env)
  if (secrets)
    return { store, serveObjects: (app) => serveLinks(app, objectsPath, { store, secrets }) }
  if (!env['OBJECT_STORE_FOLDER']) return { store }
  throw new SettingsError(
    'OBJECT_STORE_URL and OBJECT_STORE_LINK_SECRETS are not set: what lies in OBJECT_STORE_FOLDER is fetched by links ' +
      `that are signed and served here, below ${objectsPath}`,
  )
}
