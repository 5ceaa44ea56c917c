import { parseArgs } from 'node:util'
import { type Command, print, UsageError } from '#apps/corrente/command'
import { examine } from '#apps/corrente/doctor/examination'
import type { Finding } from '#apps/corrente/doctor/finding'
import { processUrls } from '#apps/corrente/processes'

const signs: Readonly<Record<Finding['level'], string>> = {
  ok: 'ok      ',
  advice: 'advice  ',
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
  help: `corrente doctor [--url <address>]… [--json] [--port-base <n>]

Looks at everything an operator would, changes nothing that is there, and says in a sentence what is well and what to do where it is
not: Node, Java, disk and ports of this machine; brokers, their release and settings; topics; registry and schemas;
where each unit stands and whether a process runs it; undecided dead letters; clocks; whether the database of movements
would run the queries it is asked by (CORRENTE_MOVEMENTS_…); and the processes' own status (--url and
CORRENTE_PROCESSES as for corrente status). Exit code 1 where there is a problem; advice is none.

Where KSQLDB_URL names a ksqlDB it is asked whether it shows only what is committed. That alone writes: a topic
corrente.doctor.<8 hex> with two records and a source table over it, both removed again; what could not be is named.`,
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        url: { type: 'string', multiple: true },
        json: { type: 'boolean', default: false },
        'port-base': { type: 'string' },
      },
    })
    const portBaseText = values['port-base']
    const urls = knownUrls(values.url, portBaseText)
    const findings = await examine({ portBaseText, urls })
    if (values.json) print(JSON.stringify(findings))
    else
      for (const { area, level, sentence } of findings) print(`${signs[level]}${area}: ${sentence}`)
    return findings.some(({ level }) => level === 'problem') ? 1 : 0
  },
}
