import type { Admin } from 'kafkajs'
import { type Finding, findingsOf } from '#apps/corrente/doctor/finding'
import { declaredUnits } from '#apps/platform/declared-units'
import { readDecisions } from '#apps/platform/inspection/dead-letters'
import { type LogAccess, partitionsIn, wholeOf } from '#apps/platform/inspection/log-access'
import { isLost, isOutside, type UnitLag, unitLags } from '#apps/platform/inspection/unit-lags'
import { deadLetterTopic } from '#core/dead-letter'
import { deadLetterOf } from '#core/redrive'

const { ok, advice, problem } = findingsOf('units')

/** Where each unit stands, and whether a process runs it. */
export const checkUnits = async (log: LogAccess, admin: Admin): Promise<readonly Finding[]> =>
  unitFindings(await unitLags(log, admin, declaredUnits))

export const unitFindings = (lags: readonly UnitLag[]): readonly Finding[] =>
  lags.flatMap(({ unit, members, partitions, lag }): readonly Finding[] => {
    const outside = partitions.filter(isOutside)
    if (outside.length > 0) {
      return outside.map(({ topic, partition, committed, beginning, end }) =>
        problem(
          `${unit} is at offset ${committed} of ${topic}/${partition}, outside the log (${beginning} to ${end}): ` +
            'look at what was lost, then set its offsets by kafka-consumer-groups',
        ),
      )
    }
    const hasRun = partitions.some(({ committed }) => committed !== undefined)
    if (!hasRun) {
      return [advice(`${unit} has never run: start a worker that does, once with --from`)]
    }
    if (partitions.some(isLost)) {
      return [
        problem(
          `${unit} has no committed offset where records wait: start its worker, which says what to do`,
        ),
      ]
    }
    if (members > 0) return [ok(`${unit} is run by ${members}, ${lag} behind`)]
    return [
      lag > 0
        ? problem(`no process runs ${unit}, which is ${lag} behind: start a worker that does`)
        : advice(`no process runs ${unit}: start a worker that does`),
    ]
  })

/** Dead letters that wait for a decision. */
export async function checkDeadLetters(log: LogAccess): Promise<readonly Finding[]> {
  const of = findingsOf('dead letters')
  const unitOf = new Map(declaredUnits.map(({ name }) => [deadLetterTopic(name), name]))
  const partitions = await Promise.all([...unitOf.keys()].map((topic) => partitionsIn(log, topic)))
  const decisions = await readDecisions(log)
  const counts = new Map<string, number>()
  for await (const records of wholeOf(log, partitions.flat())) {
    const letters = records.map((record) => deadLetterOf(unitOf.get(record.topic)!, record))
    for (const letter of letters.filter((one) => !decisions.of(one))) {
      counts.set(letter.unit, (counts.get(letter.unit) ?? 0) + 1)
    }
  }
  if (counts.size === 0) return [of.ok('no dead letter waits for a decision')]
  return [...counts].map(([unit, count]) =>
    of.problem(`${unit} has ${count} undecided: corrente dlq list ${unit}`),
  )
}
