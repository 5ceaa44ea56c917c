import { checkAppSettings } from '#tests/compose/check-app-settings'
import { checkFolders, checkPlaces, checkPorts } from '#tests/compose/check-addresses'
import { checkBroker, checkKsqldb } from '#tests/compose/check-engines'
import { checkMonitoring } from '#tests/compose/check-monitoring'
import { checkOrder } from '#tests/compose/check-order'
import {
  apart,
  checkImages,
  checkMounts,
  checkPublished,
  checkRights,
} from '#tests/compose/check-safety'
import { ofCompose, type Variables, variablesIn } from '#tests/compose/interpolation'
import { documentOf, type Project, projectOf } from '#tests/compose/project'
import { schemaProblems } from '#tests/compose/schema-problems'

/** Compose files by their names, in the order of their use, and the variables they are used with. */
export interface Given {
  readonly files: ReadonlyMap<string, string>
  readonly variables: Variables
}

type Problems = readonly string[] | Promise<readonly string[]>

/** A question, and what stands against the answer yes. */
interface Check {
  readonly name: string
  readonly problems: (project: Project) => Problems
}

const ofProject: readonly Check[] = [
  { name: 'every image has an exact version, and none is built', problems: checkImages },
  { name: 'rights, limits and read-only roots are as they are to be', problems: checkRights },
  { name: 'everything is published on this machine only', problems: checkPublished },
  { name: 'volumes, secrets and mounted files are there, and used', problems: checkMounts },
  { name: 'the start can be waited for', problems: checkOrder },
  { name: 'the broker is set as the tested one', problems: checkBroker },
  { name: 'ksqlDB reads committed and is not published', problems: checkKsqldb },
  { name: 'ports are those that are published, asked, watched and scraped', problems: checkPorts },
  { name: 'addresses lead to who listens', problems: checkPlaces },
  { name: 'folders and the bucket are mounted', problems: checkFolders },
  { name: 'Prometheus and Grafana find what is mounted for them', problems: checkMonitoring },
  { name: 'our apps take their settings, and read every one of them', problems: checkAppSettings },
]

/** What came of a check. */
export interface Checked {
  readonly name: string
  readonly problems: readonly string[]
}

/** Every check; where a variable is missing none but the first ones can be made. */
export async function checked({ files, variables }: Given): Promise<readonly Checked[]> {
  const set: Checked = {
    name: 'every variable is set, and every one that is set is used',
    problems: variableProblems({ files, variables }),
  }
  const documents = [...files].map(([name, text]) => [name, read(text, variables)] as const)
  const broken = documents.flatMap(([name, { sentence }]) =>
    sentence ? [`${name}: ${sentence}`] : [],
  )
  if (broken.length > 0) return [{ name: 'the files can be read', problems: broken }, set]
  const valid: Checked = {
    name: `the compose specification allows ${[...files.keys()].join(', ')}`,
    problems: documents.flatMap(([name, { document }]) =>
      schemaProblems(document).map((problem) => `${name}: ${problem}`),
    ),
  }
  const project = projectOf([...files.values()], variables)
  const rest: Checked[] = []
  for (const { name, problems } of ofProject) rest.push({ name, problems: await problems(project) })
  return [valid, set, ...rest]
}

function variableProblems({ files, variables }: Given): readonly string[] {
  const used = new Set([...files.values()].flatMap((text) => [...variablesIn(text)]))
  return apart(
    'variable',
    used,
    Object.keys(variables).filter((name) => !ofCompose.has(name)),
  )
}

function read(text: string, variables: Variables) {
  try {
    return { document: documentOf(text, variables) }
  } catch (error) {
    return { sentence: (error as Error).message }
  }
}
