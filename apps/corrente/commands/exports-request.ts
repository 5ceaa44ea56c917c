import { parseArgs } from 'node:util'
import { wholeNumber } from '#apps/corrente/arguments'
import { type Command, print, UsageError } from '#apps/corrente/command'
import { exportsClient, placeHelp, placeOptions } from '#apps/corrente/exports/exports-place'
import { watchExport } from '#apps/corrente/exports/watch-export'

const options = {
  'tenant-id': { type: 'string' },
  source: { type: 'string' },
  'batch-id': { type: 'string' },
  filter: { type: 'string' },
  output: { type: 'string' },
  template: { type: 'string' },
  language: { type: 'string' },
  'tolerated-failures': { type: 'string' },
  'tolerated-percent': { type: 'string' },
  'lifetime-minutes': { type: 'string' },
  notify: { type: 'string' },
  'notify-webhook': { type: 'string' },
  'notify-language': { type: 'string' },
  'idempotency-key': { type: 'string' },
  watch: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  ...placeOptions,
} as const

const parsed = (args: readonly string[]) => parseArgs({ args: [...args], options }).values
type Given = ReturnType<typeof parsed>

const required = ['tenant-id', 'source', 'batch-id', 'output', 'language'] as const

/** The body of the request; what is not said is left to the API. */
function bodyOf(given: Given): object {
  const missing = required.find((name) => given[name] === undefined)
  if (missing !== undefined) throw new UsageError(`say --${missing}`)
  const number = (name: 'tolerated-failures' | 'tolerated-percent' | 'lifetime-minutes') =>
    given[name] === undefined ? undefined : wholeNumber(`--${name}`, given[name])
  // JSON leaves out what is undefined.
  return {
    tenant_id: given['tenant-id'],
    source: given.source,
    batch_id: given['batch-id'],
    filter: filterIn(given.filter),
    output: given.output?.toUpperCase(),
    template: given.template,
    language: given.language,
    tolerated_failures: number('tolerated-failures'),
    tolerated_percent: number('tolerated-percent'),
    lifetime_minutes: number('lifetime-minutes'),
    notify: notifyOf(given),
  }
}

function notifyOf({ notify: email, ...given }: Given): object | undefined {
  const { 'notify-webhook': webhook, 'notify-language': language } = given
  if (email !== undefined || webhook !== undefined) return { email, webhook, language }
  if (language === undefined) return undefined
  throw new UsageError('--notify-language is given, and neither --notify nor --notify-webhook')
}

function filterIn(text: string | undefined): unknown {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch {
    throw new UsageError('--filter is no JSON')
  }
}

/** Asks for an export. */
export const exportsRequest: Command = {
  name: 'exports request',
  summary: 'ask for an export of the movements of a batch',
  help: `corrente exports request --tenant-id <id> --source <name> --batch-id <id> --output csv|pdf --language <tag> [options]

Asks that the movements of a batch are made one CSV, or an archive of one PDF each, and prints the id of the request.

  --template <name@version>  what documents are made from; receipt alone is its current version; of pdf only, required there
  --filter <json>            which movements of the batch, as the source defines it; all where not said
  --tolerated-failures <n>   so many may have no document and the archive is still made; 0 where not said
  --tolerated-percent <n>    the same as a share of all; of the two what allows more counts
  --lifetime-minutes <n>     so long after it is ready it can be fetched; 240 where not said
  --notify <address>         tell this address by e-mail once it is ready or has failed
  --notify-webhook <name>    tell this webhook of the tenant's; both may be told
  --notify-language <tag>    es-PE, es-CO, pt-BR, it-IT or en; where not said that of --language, or the next to it
  --idempotency-key <key>    asked again with it, it is one request
  --watch                    show how far it is until it is over; exit code as of corrente exports watch
  --json                     one JSON object a line

${placeHelp}`,
  async run(args) {
    const given = parsed(args)
    const body = bodyOf(given)
    const client = exportsClient(given)
    const request_id = await client.request(body, given['idempotency-key'])
    print(given.json ? JSON.stringify({ request_id }) : request_id)
    return given.watch ? watchExport(client, request_id, given.json) : 0
  },
}
