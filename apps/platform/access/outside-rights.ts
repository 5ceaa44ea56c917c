import { asksInNames } from '#apps/platform/access/app-rights'
import {
  onCluster,
  onGroups,
  onGroupsFrom,
  onTopics,
  onTopicsFrom,
  onTransactionsFrom,
  type Right,
} from '#apps/platform/access/grant'
import type { Unit } from '#core/processor'
import type { PlannedTopic } from '#core/topic-plan'
import { operations } from '#schemas/engine/operations'
import { redrives } from '#schemas/engine/redrives'
import { redriveTopic } from '#schemas/engine/unit-topics'
import {
  applications,
  notifications,
  paymentFacts,
  payments,
  paymentsByServiceDay,
  paymentsCurrent,
  paymentsOpen,
  serviceConfigurations,
  tenantConfigurations,
  users,
} from '#schemas/topics'

/** Topics of the views in `ksql/`: all that analysts see. */
export const analystTopics: readonly string[] = [
  paymentsByServiceDay.name,
  paymentsCurrent.name,
  paymentsOpen.name,
]

/** The doctor asks ksqlDB by topics of its own, each with a name of its own. */
const scratchTopics = ['corrente.doctor.']

/** The Core, and who else has citizens: tells of applications and logins, reads what became of the payments. */
export const upstreamRights: readonly Right[] = [
  ...onTopics(['Write'], [applications.name, users.name]),
  ...onTopics(['Read'], [payments.name]),
  ...onGroupsFrom(['Read'], ['upstream']),
]

/** A payment proxy of others. Kafka guards topics and not keys: it can write any payment. */
export const foreignProxyRights: readonly Right[] = [
  ...onTopics(['Read', 'Write'], [payments.name]),
  ...onGroupsFrom(['Read'], ['foreign-proxy']),
]

/** Whoever imports dues from a file: writes payments, and is therefore not the operator. */
export const duesClerkRights: readonly Right[] = [
  ...onTopics(['Write'], [payments.name]),
  ...onTopics(
    ['Read'],
    [paymentsCurrent.name, serviceConfigurations.name, tenantConfigurations.name],
  ),
  ...asksInNames,
]

/** Whoever looks at everything: all of our topics, and where each unit stands. */
export const observerRights = (
  units: readonly Unit[],
  plan: readonly PlannedTopic[],
): readonly Right[] => [
  ...onTopics(
    ['Read', 'DescribeConfigs'],
    plan.map(({ name }) => name),
  ),
  ...onGroups(
    ['Describe'],
    units.map(({ name }) => name),
  ),
  ...onCluster(['Describe', 'DescribeConfigs']),
  ...asksInNames,
]

/**
 * What an operator does, on the command line and on pages: letters are sent back or dropped, parked records released, a
 * failed creation asked for again; each in one transaction with the note of it.
 */
export const decidingRights = (units: readonly Unit[]): readonly Right[] => [
  ...onTopics(
    ['Write'],
    [
      redrives.name,
      operations.name,
      paymentFacts.name,
      ...units.map(({ name }) => redriveTopic(name)),
    ],
  ),
  ...onTransactionsFrom(['Write'], ['corrente-redrive-', 'corrente-release-', 'corrente-retry-']),
]

/** The commands of an operator: all that, topics, a notification by hand, the doctor. */
export const operatorRights = (
  units: readonly Unit[],
  plan: readonly PlannedTopic[],
): readonly Right[] => [
  ...observerRights(units, plan),
  ...onTopics(
    ['Create'],
    plan.map(({ name }) => name),
  ),
  ...onTopics(
    ['AlterConfigs'],
    plan.filter(({ kind }) => kind !== 'shared').map(({ name }) => name),
  ),
  ...decidingRights(units),
  ...onTopics(['Write'], [notifications.name]),
  ...onTopicsFrom(['Create', 'Delete', 'Write'], scratchTopics),
  ...onTransactionsFrom(['Write'], scratchTopics),
]

/** ksqlDB, by which analysts ask: the topics of the views, and its own. */
export function ksqldbRights(serviceId: string): readonly Right[] {
  const own = `_confluent-ksql-${serviceId}`
  return [
    ...onTopics(['Read', 'DescribeConfigs'], analystTopics),
    ...onTopicsFrom(['Read'], scratchTopics),
    ...onTopicsFrom(['All'], [own]),
    ...onTopics(['All'], [`${serviceId}ksql_processing_log`]),
    ...onTopics(['Describe'], ['__consumer_offsets', '__transaction_state']),
    ...onGroupsFrom(['All'], [own]),
    ...onTransactionsFrom(['Write'], [serviceId, own]),
    ...onCluster(['DescribeConfigs']),
  ]
}

/** The stand-in of ksqlDB. */
export const standInRights: readonly Right[] = [
  ...onTopics(['Read'], analystTopics),
  ...asksInNames,
]

/** Kafka UI looks at all there is, whoever put it there. What it shows of it is its own to limit. */
export const kafkaUiRights: readonly Right[] = [
  ...onTopics(['Read', 'DescribeConfigs'], ['*']),
  ...onGroups(['Describe'], ['*']),
  ...onCluster(['Describe', 'DescribeConfigs']),
]
