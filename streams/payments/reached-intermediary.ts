import { RejectedError, TransientError } from '#core/errors'
import type { Configuration, Intermediary } from '#ports/intermediary'

/** The intermediary of a connector, reached with a configuration. Throws RejectedError('bad-configuration'). */
export type IntermediaryOf = (connector: string, configuration: Configuration) => Intermediary

/** It speaks against this payment's configuration, not against the intermediary: others are served. */
export const waitsForAdministrator = (message: string) =>
  new TransientError(message, { isOfParty: false })

/** The intermediary; a configuration that it refuses is for an administrator to mend: TransientError. */
export function reachedIntermediary(
  intermediaryOf: IntermediaryOf,
  connector: string,
  configuration: Configuration,
): Intermediary {
  try {
    return intermediaryOf(connector, configuration)
  } catch (error) {
    if (!(error instanceof RejectedError)) throw error
    throw waitsForAdministrator(`${connector} refuses its configuration, mend it: ${error.message}`)
  }
}
