import { parseArgs } from 'node:util'
import { unitNamed } from '#apps/corrente/arguments'
import { columns } from '#apps/corrente/columns'
import { type Command, print, UsageError } from '#apps/corrente/command'
import { accessList, type WorkerPrincipal } from '#apps/platform/access/access-list'
import { aclCommands } from '#apps/platform/access/acl-commands'
import { gathered } from '#apps/platform/access/gathered'
import type { Grant } from '#apps/platform/access/grant'
import { allTopics } from '#apps/platform/contracts'
import { declaredUnits } from '#apps/platform/declared-units'

const options = {
  'principal-prefix': { type: 'string', default: 'User:' },
  principal: { type: 'string', multiple: true },
  worker: { type: 'string', multiple: true },
  'ingest-topics': { type: 'string', default: 'applications' },
  'ksql-service-id': { type: 'string', default: 'default_' },
  commands: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const

/** Who may do what on Kafka. */
export const acls: Command = {
  name: 'acls',
  summary: 'who may read and write which topic: the access list of Kafka, made from the topology',
  help: `corrente acls [--principal <name>]… [--worker <name>=<unit>,<unit>…]… [--commands | --json]

Prints what each user of Kafka needs, and no more: topics, consumer groups, transactional ids, the cluster. It asks no
Kafka and changes nothing. A user of each app has the app's name; beside them stand operator (the commands of an operator),
dues-clerk (corrente dues import), upstream (the Core), foreign-proxy (a payment proxy of others), ksqldb and kafka-ui.

  --principal <name>         only this one
  --worker <name>=<units>    a worker that runs these units under a user of its own (worker --only); the rest is worker's
  --principal-prefix <text>  what stands before the name; User: (for certificates e.g. User:CN=)
  --ingest-topics <list>     what ingest writes to (its INGEST_TOPICS); applications
  --ksql-service-id <id>     ksql.service.id of ksqlDB; default_
  --commands                 calls of kafka-acls, which find the cluster in $KAFKA_BROKERS and the administrator's
                             credentials in the file $KAFKA_ADMIN_CONFIG. They add and take nothing away
  --json                     for programs, a grant for each operation`,
  run(args) {
    const { values } = parseArgs({ args: [...args], options })
    const list = accessList(declaredUnits, {
      workers: (values.worker ?? []).map(workerIn),
      ingestTopics: values['ingest-topics'].split(',').map(topicNamed),
      ksqlServiceId: values['ksql-service-id'],
    })
    const grants = chosen(list, values.principal)
    const prefix = values['principal-prefix']
    if (values.json) print(JSON.stringify(grants.map((grant) => withPrefix(grant, prefix))))
    else if (values.commands) aclCommands(grants, prefix).forEach(print)
    else tableOf(grants, prefix).forEach(print)
    return Promise.resolve(0)
  },
}

function workerIn(text: string): WorkerPrincipal {
  const [principal = '', units = ''] = text.split('=', 2)
  if (!/^[\w.-]+$/.test(principal) || units === '') {
    throw new UsageError(`--worker ${text}: say <name>=<unit>,<unit>…`)
  }
  return { principal, units: units.split(',').map((name) => unitNamed(name.trim()).name) }
}

function topicNamed(text: string): string {
  const name = text.trim()
  if (allTopics.some((topic) => topic.name === name)) return name
  throw new UsageError(`--ingest-topics: there is no topic ${name}`)
}

function chosen(
  grants: readonly Grant[],
  principals: readonly string[] | undefined,
): readonly Grant[] {
  const known = [...new Set(grants.map(({ principal }) => principal))]
  const unknown = principals?.find((name) => !known.includes(name))
  if (unknown !== undefined) {
    throw new UsageError(`--principal ${unknown}: the users are ${known.join(', ')}`)
  }
  return principals ? grants.filter(({ principal }) => principals.includes(principal)) : grants
}

const withPrefix = (grant: Grant, prefix: string): Grant => ({
  ...grant,
  principal: `${prefix}${grant.principal}`,
})

const tableOf = (grants: readonly Grant[], prefix: string): readonly string[] =>
  columns(
    ['principal', 'may', 'on', 'name'],
    gathered(grants).map(({ principal, operations, resource, name, isPrefix }) => [
      `${prefix}${principal}`,
      operations.join(', '),
      resource,
      isPrefix ? `${name}…` : name,
    ]),
  )
