import type { Emission } from '#core/processor'
import type { IntermediaryConnector } from '#ports/intermediary'
import type { ConfigurationCommand, KeptConfiguration } from '#schemas/generated/types'
import { keptConfigurations } from '#schemas/topics'
import { configurationKeeper } from '#streams/payments/configuration-keeper'

type Values = Record<string, unknown>

/** The keeper of configurations without a log: what it emits is in the tables at once. */
export interface ExampleKeeper {
  /** What was sent to it, in order. */
  readonly commands: ConfigurationCommand[]
  /** From now on commands are only kept. */
  stop(): void
  take(command: ConfigurationCommand): void
  /** The connectors whose configurations it keeps. */
  serve(connectors: readonly IntermediaryConnector[]): void
}

interface Tables {
  readonly tenants: Map<string, Values>
  readonly services: Map<string, Values>
  readonly versions: Map<string, Values>
  readonly refusals: Map<string, Values>
}

/** It writes into the tables given. */
export function exampleKeeper({ tenants, services, versions, refusals }: Tables): ExampleKeeper {
  const tables: Readonly<Record<string, Map<string, Values>>> = {
    'payment.tenants': tenants,
    'payment.services': services,
    'payment.configuration-versions': versions,
    'payment.configuration-refusals': refusals,
  }
  const commands: ConfigurationCommand[] = []
  const rows = new Map<string, KeptConfiguration>()
  let connectors: readonly IntermediaryConnector[] = []
  let isStopped = false
  const apply = ({ topic, key, value }: Emission) => {
    if (topic === keptConfigurations.name) rows.set(key, value as KeptConfiguration)
    else tables[topic]!.set(key, value as Values)
  }
  const state = {
    get: (key: string) => rows.get(key),
    range: ({ gte = '', lt = '' }) => [...rows].filter(([key]) => key >= gte && key < lt),
  }
  return {
    commands,
    stop: () => void (isStopped = true),
    serve: (served) => void (connectors = served),
    take(command) {
      commands.push(command)
      if (isStopped) return
      const emissions = configurationKeeper(connectors).handle(command, {
        state,
        lookup: {},
        headers: {},
        position: { partition: 0, offset: commands.length },
        now: new Date(),
        newId: () => '',
      })
      for (const emission of emissions) apply(emission as Emission)
    },
  }
}
