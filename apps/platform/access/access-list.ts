import { asksInNames, edgeRights, unitRights, workerRights } from '#apps/platform/access/app-rights'
import { type Grant, granted, onTopics } from '#apps/platform/access/grant'
import {
  decidingRights,
  duesClerkRights,
  foreignProxyRights,
  kafkaUiRights,
  ksqldbRights,
  observerRights,
  operatorRights,
  standInRights,
  upstreamRights,
} from '#apps/platform/access/outside-rights'
import { platformPlan } from '#apps/platform/contracts'
import { edges, workerEdge } from '#apps/platform/edges'
import type { Unit } from '#core/processor'

/** A worker that runs some units under a user of its own. */
export interface WorkerPrincipal {
  readonly principal: string
  readonly units: readonly string[]
}

export interface AccessOptions {
  /** Workers apart; the units they do not name are the worker's. */
  readonly workers?: readonly WorkerPrincipal[]
  /** What ingest writes to; `INGEST_TOPICS` of its process. */
  readonly ingestTopics?: readonly string[]
  /** `ksql.service.id` of ksqlDB. */
  readonly ksqlServiceId?: string
}

/** Who may do what on Kafka, as the topology has it. Whoever is not on it may do nothing. */
export function accessList(
  units: readonly Unit[],
  { workers = [], ingestTopics = ['applications'], ksqlServiceId = 'default_' }: AccessOptions = {},
): readonly Grant[] {
  const plan = platformPlan(units)
  const apart = new Set(workers.flatMap((worker) => worker.units))
  const rest = units.filter(({ name }) => !apart.has(name)).map(({ name }) => name)
  return [
    ...[{ principal: workerEdge.name, units: rest }, ...workers].flatMap((worker) =>
      workerGrants(worker, units),
    ),
    ...edges
      .filter((edge) => edge !== workerEdge)
      .flatMap((edge) => granted(edge.name, edgeRights(edge))),
    ...granted('ingest', [...onTopics(['Write'], ingestTopics), ...asksInNames]),
    ...granted('operations', [...observerRights(units, plan), ...decidingRights(units)]),
    ...granted('ksql-standin', standInRights),
    ...granted('operator', operatorRights(units, plan)),
    ...granted('dues-clerk', duesClerkRights),
    ...granted('upstream', upstreamRights),
    ...granted('foreign-proxy', foreignProxyRights),
    ...granted('ksqldb', ksqldbRights(ksqlServiceId)),
    ...granted('kafka-ui', kafkaUiRights),
  ]
}

const workerGrants = ({ principal, units: names }: WorkerPrincipal, units: readonly Unit[]) =>
  granted(principal, [
    ...units.filter(({ name }) => names.includes(name)).flatMap(unitRights),
    ...edgeRights(workerEdge),
    ...workerRights,
  ])
