import { parseArgs } from 'node:util'
import { type Command, print, UsageError } from '#apps/corrente/command'
import { examine } from '#apps/corrente/doctor/examination'
import type { Finding } from '#apps/corrente/doctor/finding'
import { ownKafkaSetting } from '#apps/corrente/installation'
import { processUrls } from '#apps/corrente/processes'

const signs: Readonly<Record<Finding['level'], string>> = {
  ok: 'ok      ',
  advice: 'advice  ',
  warning: 'WARNING ',
  problem: 'PROBLEM ',
}

/** The processes that are known; on services of one's own none need be. */
function knownUrls(given: readonly string[] | undefined, portBase: string | undefined) {
  try {
    return processUrls(given, portBase)
  } catch (error) {
    if (given === undefined && error instanceof UsageError) return []
    throw error
  }
}

/** Looks at everything. */
export const doctor: Command = {
  name: 'doctor',
  summary:
    'look at machine, brokers, topics, schemas, units, clocks, movements and processes, and say what to do',
  help: `corrente doctor [--production] [--url <address>]… [--json] [--port-base <n>]

Looks at everything an operator would, changes nothing that is there, and says in a sentence what is well and what to do where it is
not: Node, Java, disk and ports of this machine; brokers, their release and settings; topics; registry and schemas;
where each unit stands and whether a process runs it; undecided dead letters; clocks; whether the database of movements
would run the queries it is asked by (CORRENTE_MOVEMENTS_…); and the processes' own status (--url and
CORRENTE_PROCESSES as for corrente status). Exit code 1 where there is a problem; advice is none.

On services of your own it also looks at what a demonstration need not be: copies of topics and how many must be in sync,
defaults of the brokers, who may write what (corrente acls), what goes in the clear, secrets that can be guessed (by name,
never shown), files others may read, how long the disk takes; Postgres and its role, the object store and whether
strangers may list it, the mail server, the settings of ksqlDB and the registry. A warning is what no production must be:
with --production it makes the exit code 1, and the embedded services are looked at so, too. Run it with the environment
of each process: it sees what that one is told.

Where KSQLDB_URL names a ksqlDB it is asked whether it shows only what is committed. That alone writes: a topic
corrente.doctor.<8 hex> with two records and a source table over it, both removed again; what could not be is named.`,
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        url: { type: 'string', multiple: true },
        json: { type: 'boolean', default: false },
        production: { type: 'boolean', default: false },
        'port-base': { type: 'string' },
      },
    })
    const portBaseText = values['port-base']
    const urls = knownUrls(values.url, portBaseText)
    const isProduction = values.production || ownKafkaSetting() !== undefined
    const findings = await examine({ portBaseText, urls, isProduction })
    if (values.json) print(JSON.stringify(findings))
    else
      for (const { area, level, sentence } of findings) print(`${signs[level]}${area}: ${sentence}`)
    const bad: readonly Finding['level'][] = values.production
      ? ['problem', 'warning']
      : ['problem']
    return findings.some(({ level }) => bad.includes(level)) ? 1 : 0
  },
}
