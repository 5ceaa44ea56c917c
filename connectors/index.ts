import { examplepay } from '#connectors/examplepay/index'
import type { IntermediaryConnector } from '#ports/intermediary'

/** Every intermediary the platform can reach. */
export const intermediaries: readonly IntermediaryConnector[] = [examplepay]
