import { onGroups, onTopics, onTransactionsFrom, type Right } from '#apps/platform/access/grant'
import { type Edge, debitEdge } from '#apps/platform/edges'
import { deadLetterTopic } from '#core/dead-letter'
import type { Unit } from '#core/processor'
import { changelogsOf, inputTopicsOf, neededTopicsOf, writtenTopicsOf } from '#core/unit-topics'
import { units as unitStarts } from '#schemas/engine/units'

type Named = { readonly name: string }
const namesOf = (topics: readonly Named[]) => topics.map(({ name }) => name)

/**
 * What every process of ours asks with: clients that are members of no group and commit nothing, but have to name one,
 * whose coordinator they look for.
 */
export const asksInNames: readonly Right[] = onGroups(
  ['Describe'],
  ['corrente.offsets', 'corrente.reader'],
)

/** What a process that runs the unit needs for it: its topics, its group, and transactions of its slots. */
export const unitRights = (unit: Unit): readonly Right[] => [
  ...onTopics(
    ['Read'],
    [
      ...inputTopicsOf(unit),
      ...namesOf(changelogsOf(unit)),
      ...namesOf(Object.values(unit.lookups ?? {})),
    ],
  ),
  ...onTopics(['Write'], [...namesOf(writtenTopicsOf(unit)), deadLetterTopic(unit.name)]),
  ...onTopics(['Describe'], neededTopicsOf(unit)),
  ...onGroups(['Read'], [unit.name]),
  ...onTransactionsFrom(['Write'], [`${unit.name}-`]),
]

/** What any process that runs units needs, whichever they are: where each of them once began is noted. */
export const workerRights: readonly Right[] = [
  ...onTopics(['Read', 'Write'], [unitStarts.name]),
  ...asksInNames,
]

/** What a program that is no unit needs. It commits no offsets. */
export const edgeRights = ({ name, inputs = [], lookups, outputs }: Edge): readonly Right[] => [
  ...onTopics(['Read'], [...namesOf(inputs), ...namesOf(Object.values(lookups))]),
  ...onTopics(['Write'], namesOf(outputs)),
  ...(name === debitEdge.name ? ownersOfDebits : []),
  ...asksInNames,
]

/** The edge of debits waits for no partition that nobody decides on: it asks who is in the group of the authoriser. */
const ownersOfDebits = onGroups(['Describe'], ['debit-authoriser'])
