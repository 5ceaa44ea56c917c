import { type SecretKeys, unsealedConfig } from '#apps/platform/secret-keys'
import { RejectedError } from '#core/errors'
import type { Configuration, Intermediary, IntermediaryConnector } from '#ports/intermediary'

const connectionsMax = 1_000

/** The connector with connections that are kept: one for each configuration, a changed one is connected anew. */
export function connectedOnce(connector: IntermediaryConnector): IntermediaryConnector {
  const connections = new Map<string, Intermediary>()
  return {
    ...connector,
    connect(configuration) {
      const identity = JSON.stringify([configuration.tenant, configuration.service])
      const known = connections.get(identity)
      if (known) return known
      const made = connector.connect(configuration)
      const [oldest] = connections.keys()
      if (connections.size >= connectionsMax && oldest !== undefined) connections.delete(oldest)
      connections.set(identity, made)
      return made
    },
  }
}

/** The connector as it is used: the secrets of a configuration are decrypted as it connects, not before. */
export const unsealing = (
  connector: IntermediaryConnector,
  keys: SecretKeys,
): IntermediaryConnector => {
  const clear = ({ tenant, service }: Configuration): Configuration => ({
    tenant: unsealedConfig({ connector: connector.name, level: 'TENANT' }, tenant, keys),
    service: unsealedConfig({ connector: connector.name, level: 'SERVICE' }, service, keys),
  })
  const { probe } = connector
  return {
    ...connector,
    connect: (configuration) => connector.connect(clear(configuration)),
    ...(probe ? { probe: (configuration) => probe(clear(configuration)) } : {}),
  }
}

/** Connects by the connector's name. Throws RejectedError('bad-configuration' | 'unknown-connector'). */
export const connectedByName =
  (connectors: readonly IntermediaryConnector[]) =>
  (name: string, configuration: Configuration): Intermediary => {
    const connector = connectors.find((one) => one.name === name)
    if (connector) return connector.connect(configuration)
    throw new RejectedError('unknown-connector', `no connector is named ${name}`)
  }
