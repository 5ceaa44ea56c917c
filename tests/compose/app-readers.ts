import { debitEdgeSettings } from '#apps/debit-edge/config'
import { debitProjection } from '#apps/debit-projector/main'
import { exportsApiSettings } from '#apps/exports-api/config'
import { openLinkingStore } from '#apps/exports-api/open-store'
import { ingestSettings } from '#apps/ingest/config'
import { operationsConfig } from '#apps/operations/config'
import { paymentProxySettings } from '#apps/payment-proxy/config'
import { pollerSettings } from '#apps/payments-poller/config'
import { openExportPorts } from '#apps/platform/export-ports'
import { ksqldbSettings } from '#apps/platform/ksqldb-settings'
import { namedMovementSources } from '#apps/platform/movements/movement-sources'
import { projectorSettings as readProjector } from '#apps/platform/projection/config'
import { platformSettings } from '#apps/platform/settings'
import { workerConfig } from '#apps/worker/config'

type Environment = Readonly<Record<string, string | undefined>>
type Reader = (env: Environment) => unknown

const projectorSettings: Reader = (env) => readProjector(env, debitProjection.port)

/** What an app, or a command, reads its environment by; and the file in which it does so. */
export interface AppReaders {
  readonly file: string
  readonly readers: readonly Reader[]
}

const main = (app: string, ...readers: readonly Reader[]): AppReaders => ({
  file: `apps/${app}/main.ts`,
  readers,
})
const command = (name: string, ...readers: readonly Reader[]): AppReaders => ({
  file: `apps/corrente/commands/${name}.ts`,
  readers,
})

/** By the words that start it. */
export const appReaders: Readonly<Record<string, AppReaders>> = {
  worker: main('worker', platformSettings, workerConfig, openExportPorts),
  'payment-proxy': main('payment-proxy', paymentProxySettings, platformSettings),
  'payments-poller': main('payments-poller', pollerSettings, platformSettings, ksqldbSettings),
  ingest: main('ingest', ingestSettings, platformSettings),
  'exports-api': main(
    'exports-api',
    exportsApiSettings,
    platformSettings,
    namedMovementSources,
    openLinkingStore,
  ),
  'debit-edge': main('debit-edge', debitEdgeSettings, platformSettings),
  'debit-projector': {
    file: 'apps/platform/projection/start-projection.ts',
    readers: [projectorSettings, platformSettings],
  },
  operations: main('operations', operationsConfig, platformSettings),
  'topics apply': command('topics', platformSettings),
  'schemas register': command('schemas', platformSettings),
  'views apply': command('views-apply', ksqldbSettings, platformSettings),
}

/** What starts the app or command: its words without options. */
export const wordsOf = (command: readonly string[] = []): string => {
  const [first = '', second = ''] = command
  return first in appReaders ? first : `${first} ${second}`
}

/**
 * Lets each read the environment, and tells which names were asked for. Throws as they do, and where one reads the
 * environment whole: what it uses of it could not be told then.
 */
export async function readBy(readers: readonly Reader[], env: Environment) {
  const names = new Set<string>()
  const recording = new Proxy(env, {
    get(target, name) {
      names.add(String(name))
      return target[String(name)]
    },
    ownKeys() {
      throw new Error('the environment is read whole: read it by the names that are used')
    },
  })
  for (const read of readers) {
    const result = (await read(recording)) as { close?: () => Promise<void> } | undefined
    await result?.close?.()
  }
  return names
}
