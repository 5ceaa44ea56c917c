import { withAdmin } from '#apps/platform/admin'
import { declaredUnits } from '#apps/platform/declared-units'
import { type LogAccess, partitionsIn } from '#apps/platform/inspection/log-access'
import { deadLetterTopic } from '#core/dead-letter'
import { redriveTopic } from '#schemas/engine/unit-topics'

/** Whether a unit of that name is part of this version. */
export const isDeclared = (unit: string): boolean => declaredUnits.some(({ name }) => name === unit)

/** Units that left topics behind and are no part of this version, by name. */
export const goneUnits = async ({ kafka }: Pick<LogAccess, 'kafka'>): Promise<readonly string[]> =>
  goneIn(await withAdmin(kafka, (admin) => admin.listTopics()))

/** Ours are those with both topics of a unit: others may call theirs `<something>.dlq`, too. */
export function goneIn(topics: readonly string[]): readonly string[] {
  const all = new Set(topics)
  const [, suffix] = /^u(.+)$/.exec(deadLetterTopic('u')) ?? []
  return topics
    .filter((topic) => topic.endsWith(suffix!))
    .map((topic) => topic.slice(0, -suffix!.length))
    .filter((unit) => !isDeclared(unit) && all.has(redriveTopic(unit)))
    .toSorted()
}

/** Whether a unit is no part of this version and has left its dead letters behind. */
export const isGone = async (log: LogAccess, unit: string): Promise<boolean> =>
  !isDeclared(unit) && (await partitionsIn(log, deadLetterTopic(unit))).length > 0

/** Why its letters go nowhere, and what is left to do. */
export const goneSentence = (unit: string): string =>
  `${unit} is no unit of this version, so nobody reads what is sent back to it: drop its letters with a reason ` +
  `(corrente dlq drop ${unit} --all --reason …), or send them back from the version that has it while that runs; ` +
  'what is to be done all the same has its writer write it again'
