/** What Kafka guards. `transactional-id` and `group` are names that clients choose. */
export type Resource = 'topic' | 'group' | 'transactional-id' | 'cluster'

/** What is allowed there; Read, Write and Alter include Describe. */
export type Operation =
  | 'All'
  | 'Read'
  | 'Write'
  | 'Create'
  | 'Delete'
  | 'Alter'
  | 'Describe'
  | 'DescribeConfigs'
  | 'AlterConfigs'

/** One line of the access list: everything that is not on it is refused. */
export interface Grant {
  /** The user, without Kafka's `User:`. */
  readonly principal: string
  readonly resource: Resource
  /** A name, the beginning of names (`isPrefix`), or `*` for all. */
  readonly name: string
  readonly isPrefix: boolean
  readonly operation: Operation
}

/** A grant whose holder is said later. */
export type Right = Omit<Grant, 'principal'>

const rights =
  (resource: Resource, isPrefix: boolean) =>
  (operations: readonly Operation[], names: readonly string[]): readonly Right[] =>
    names.flatMap((name) =>
      operations.map((operation) => ({ resource, name, isPrefix, operation })),
    )

export const onTopics = rights('topic', false)
export const onTopicsFrom = rights('topic', true)
export const onGroups = rights('group', false)
export const onGroupsFrom = rights('group', true)
export const onTransactionsFrom = rights('transactional-id', true)
/** Kafka's own name for the cluster as a thing to be guarded. */
export const onCluster = (operations: readonly Operation[]): readonly Right[] =>
  rights('cluster', false)(operations, ['kafka-cluster'])

/** Rights in the hands of a principal; what is said twice is there once. */
export function granted(principal: string, given: readonly Right[]): readonly Grant[] {
  const found = new Map<string, Grant>()
  for (const right of given) found.set(textOf(right), { principal, ...right })
  return [...found.values()]
}

const textOf = ({ resource, name, isPrefix, operation }: Right): string =>
  [resource, isPrefix ? 'prefix' : 'literal', name, operation].join(' ')
