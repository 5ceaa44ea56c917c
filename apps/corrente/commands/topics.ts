import { parseArgs } from 'node:util'
import { type Command, print, report } from '#apps/corrente/command'
import { installed } from '#apps/corrente/installation'
import { leftBehindLine, topicLines } from '#apps/corrente/topic-lines'
import { platformPlan } from '#apps/platform/contracts'
import { declaredUnits } from '#apps/platform/declared-units'
import { goneUnits } from '#apps/platform/inspection/gone-units'
import { platformSettings } from '#apps/platform/settings'
import { applyTopics, diffTopics, type TopicDifference } from '#apps/platform/topics'

const options = {
  json: { type: 'boolean', default: false },
  'port-base': { type: 'string' },
} as const

const lineOf = ({ topic, difference, isMended }: TopicDifference) =>
  `${topic}: ${difference}${isMended ? '' : ' (not changed by apply)'}`

const plan = platformPlan(declaredUnits)

/** Shows what differs; exit code 1 where something does. */
export const topicsDiff: Command = {
  name: 'topics diff',
  summary: 'what differs between the declared topics and the broker',
  help: `corrente topics diff [--json] [--port-base <n>]

Compares every declared topic, and those that units have beside them, with the broker, and says what topics apply would
create and set, and what it never changes: a partition count, a topic of an outside contract (applications, payments; only
looked for), settings that are not declared, topics that nobody declares any more. Changes nothing. Exit code 1 where
something differs.`,
  async run(args) {
    const { values } = parseArgs({ args: [...args], options })
    const { kafka } = platformSettings(await installed(values['port-base']))
    const differences = await diffTopics(kafka, plan)
    if (values.json) print(JSON.stringify(differences))
    else if (differences.length === 0) print(`all ${plan.length} topics are as declared`)
    else topicLines(differences).forEach(print)
    const left = values.json ? undefined : leftBehindLine(await goneUnits({ kafka }))
    if (left !== undefined) report(left)
    return differences.length === 0 ? 0 : 1
  },
}

/** Creates and mends; exit code 1 where something is left that apply does not change. */
export const topicsApply: Command = {
  name: 'topics apply',
  summary: 'create missing topics and mend the configuration of our own',
  help: `corrente topics apply [--json] [--port-base <n>]

Creates what is missing and sets the configuration of our own topics; idempotent. Never alters a topic of an
outside contract, never changes a partition count. Exit code 1 where a difference is left.`,
  async run(args) {
    const { values } = parseArgs({ args: [...args], options })
    const { kafka } = platformSettings(await installed(values['port-base']))
    const differences = await applyTopics(kafka, plan)
    if (values.json) print(JSON.stringify(differences))
    else if (differences.length === 0) print(`all ${plan.length} topics were as declared`)
    else differences.forEach((difference) => print(lineOf(difference)))
    return differences.every(({ isMended }) => isMended) ? 0 : 1
  },
}
