import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { exportsStoreOf } from '#apps/corrente/demo-exports'
import { type Environment, ownKafkaSetting } from '#apps/corrente/installation'
import { dataDirOf, portBaseOf } from '#apps/corrente/place'
import { openObjectStore } from '#apps/platform/object-store/open-object-store'
import type { ObjectStore } from '#ports/object-store'

const settings = ['S3_BUCKET', 'S3_ENDPOINT', 'OBJECT_STORE_FOLDER']

export const storeHelp = `The object store is the one that the environment names (S3_BUCKET and others, or OBJECT_STORE_FOLDER), as the worker
is told; else that of the embedded installation (--port-base).`

const isNamed = (env: Environment) => settings.some((name) => env[name])

/** Whether a store is named, or there is an embedded installation, which has one. */
export const hasStore = (portBaseText: string | undefined, env: Environment = process.env) =>
  isNamed(env) || embeddedIn(portBaseText, env) !== undefined

/**
 * The store that the environment names, else that of the embedded installation. Throws SettingsError naming the settings
 * where there is neither, or one is wrong.
 */
export async function openStoreOf(
  portBaseText: string | undefined,
  env: Environment = process.env,
): Promise<ObjectStore> {
  const dataDir = isNamed(env) ? undefined : embeddedIn(portBaseText, env)
  const given = dataDir === undefined ? env : { ...env, ...exportsStoreOf(dataDir, env) }
  return (await openObjectStore(given)).store
}

/** Where the embedded installation keeps its files, if there is one; with a Kafka of the caller's own it is not meant. */
function embeddedIn(portBaseText: string | undefined, env: Environment): string | undefined {
  if (ownKafkaSetting(env) !== undefined) return undefined
  const dataDir = dataDirOf(portBaseOf(portBaseText))
  return existsSync(join(dataDir, 'secrets.json')) ? dataDir : undefined
}
