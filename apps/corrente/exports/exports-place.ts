import { UsageError } from '#apps/corrente/command'
import { addressesOf } from '#apps/corrente/demo-apps'
import { ExportsClient } from '#apps/corrente/exports/exports-client'
import { dataDirOf, portBaseOf } from '#apps/corrente/place'
import { secretsOf } from '#apps/corrente/secrets'
import { findSupervisor } from '#apps/corrente/supervisor-file'
import { webAddress } from '#apps/platform/web-address'

/** Options that say where the API of exports is. */
export const placeOptions = {
  url: { type: 'string' },
  'port-base': { type: 'string' },
} as const

export const placeHelp = `The API is asked that --url or EXPORTS_API_URL names, with the token in EXPORTS_API_TOKEN; else that of the embedded
installation that runs (--port-base).`

interface Given {
  readonly url?: string | undefined
  readonly 'port-base'?: string | undefined
}

/** The API that is named, else that of the embedded installation that runs. UsageError, or an Error, where there is none. */
export function exportsClient(given: Given, env: NodeJS.ProcessEnv = process.env): ExportsClient {
  const url = given.url ?? (env['EXPORTS_API_URL'] || undefined)
  if (url === undefined) return embeddedClient(given['port-base'])
  const address = webAddress.safeParse(url)
  if (!address.success) throw new UsageError('--url or EXPORTS_API_URL is no http or https URL')
  const token = env['EXPORTS_API_TOKEN']
  if (!token) throw new UsageError('EXPORTS_API_TOKEN is not set: the API lets nobody in without')
  return new ExportsClient(address.data.replace(/\/+$/, ''), token)
}

function embeddedClient(portBaseText: string | undefined): ExportsClient {
  const portBase = portBaseOf(portBaseText)
  const dataDir = dataDirOf(portBase)
  if (findSupervisor(dataDir) === undefined) {
    throw new Error('no installation runs: start one with corrente start, or say --url')
  }
  return new ExportsClient(addressesOf(portBase).exportsApi, secretsOf(dataDir).exportsToken)
}
