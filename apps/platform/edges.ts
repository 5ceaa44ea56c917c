import type { AnyTopic } from '#schemas/topic'
import {
  configurationCommands,
  configurationRefusals,
  configurationVersions,
  debitCards,
  debitDecisions,
  debits,
  exportRequests,
  exportsCurrent,
  exportsRequested,
  ledgerEntries,
  paymentExchanges,
  paymentFacts,
  paymentsCurrent,
  paymentsOpen,
  serviceConfigurations,
  statementEntries,
  tenantConfigurations,
} from '#schemas/topics'

/** A program of ours that touches topics and is no unit. */
export interface Edge {
  readonly name: string
  /** Topics it reads whole, record by record. */
  readonly inputs?: readonly AnyTopic[]
  /** Tables it looks things up in, by its own word for them. */
  readonly lookups: Readonly<Record<string, AnyTopic>>
  readonly outputs: readonly AnyTopic[]
}

/** The payment proxy opens these tables and may write to no other topics. */
export const paymentProxyEdge = {
  name: 'payment-proxy',
  lookups: {
    payments: paymentsCurrent,
    tenants: tenantConfigurations,
    services: serviceConfigurations,
    versions: configurationVersions,
    refusals: configurationRefusals,
  },
  outputs: [paymentFacts, configurationCommands, paymentExchanges],
} as const satisfies Edge

/** The poller asks proxies to check payments; what they learn is theirs to write. */
export const pollerEdge = {
  name: 'payments-poller',
  lookups: { open: paymentsOpen },
  outputs: [],
} as const satisfies Edge

/** What the worker writes beside its units, what they exchange with intermediaries; and what it sweeps the store by. */
export const workerEdge = {
  name: 'worker',
  lookups: { exports: exportsCurrent },
  outputs: [paymentExchanges],
} as const satisfies Edge

/** Requests for debits come in over HTTP, and their decisions go out. */
export const debitEdge = {
  name: 'debit-edge',
  inputs: [debitDecisions],
  lookups: { cards: debitCards },
  outputs: [debits],
} as const satisfies Edge

/** What was decided of debits becomes rows in Postgres. */
export const debitProjectorEdge = {
  name: 'debit-projector',
  inputs: [debitDecisions, ledgerEntries, statementEntries],
  lookups: {},
  outputs: [],
} as const satisfies Edge

/** Requests for exports come in over HTTP, and what becomes of them is told. */
export const exportsApiEdge = {
  name: 'exports-api',
  // What it and others have asked for is known from there before anybody has decided it.
  inputs: [exportRequests],
  lookups: { requested: exportsRequested, current: exportsCurrent },
  outputs: [exportRequests],
} as const satisfies Edge

/** All of them but ingest, whose topics are a setting. */
export const edges: readonly Edge[] = [
  workerEdge,
  paymentProxyEdge,
  pollerEdge,
  debitEdge,
  debitProjectorEdge,
  exportsApiEdge,
]
