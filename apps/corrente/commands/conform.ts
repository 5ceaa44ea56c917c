import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { wholeNumber } from '#apps/corrente/arguments'
import { type Command, print, report, UsageError } from '#apps/corrente/command'
import { judgeProxy } from '#apps/corrente/conformance/judge-proxy'
import type { LogPlace } from '#apps/corrente/conformance/log/open-log'
import { ownPlan } from '#apps/corrente/conformance/own-plan'
import type { Plan } from '#apps/corrente/conformance/plan'
import { readPlan } from '#apps/corrente/conformance/read-plan'
import { type ConformanceReport, isConformant, markdownOf } from '#apps/corrente/conformance/report'
import { demoIntermediaryOf, intermediaryNames } from '#apps/corrente/demo-intermediaries'
import { installed, ownKafkaSetting } from '#apps/corrente/installation'
import { dataDirOf, portBaseOf } from '#apps/corrente/place'
import { platformSettings } from '#apps/platform/settings'

const options = {
  proxy: { type: 'string' },
  brokers: { type: 'string' },
  registry: { type: 'string' },
  topic: { type: 'string', default: 'payments' },
  encoding: { type: 'string' },
  'tenant-config': { type: 'string' },
  'service-config': { type: 'string' },
  'token-file': { type: 'string' },
  origin: { type: 'string' },
  amount: { type: 'string', default: '1.00' },
  'landing-page': { type: 'string', default: 'https://conformance.example/pratiche/{id}' },
  'landing-url': { type: 'string' },
  'pay-url': { type: 'string' },
  'pay-command': { type: 'string' },
  'due-command': { type: 'string' },
  intermediary: { type: 'string' },
  patience: { type: 'string', default: '30' },
  'yes-write-trial-payments': { type: 'boolean', default: false },
  write: { type: 'string' },
  json: { type: 'boolean', default: false },
  'port-base': { type: 'string' },
} as const

const parsed = (args: readonly string[]) => parseArgs({ args: [...args], options }).values
type Given = ReturnType<typeof parsed>

const settleMs = 2_000

const help = `corrente conform --proxy <url> --brokers <host:port,…> --yes-write-trial-payments [options]

Holds a payment proxy, ours or anybody's, against the acceptance list of the platform it is made for and the known traps:
configures a body and a service, writes events to the topic of payments, follows the addresses in the answers, and
prints what was required, what was seen, and what was not tried and why. Exit code 0 where nothing failed, 1 where
something did, 130 where it was given up by Ctrl-C; then, too, what was configured is made inactive.

It WRITES: trial payments of a fictional payer, which open debts that nobody pays, and malformed events. Never point it
at a cluster in production; it does nothing without --yes-write-trial-payments.

Without --proxy it tries out our own proxy of the embedded installation (--port-base), at the sandbox of examplepay or
of another --intermediary.

  --proxy <url>             base of its configuration API: <url>/tenants/… and <url>/services/…
  --brokers <host:port,…>   KAFKA_BROKERS where not said; TLS and SASL as for every command, by the environment
  --topic <name>            payments where not said
  --encoding json|avro      how the topic is written; found from its newest records where not said
  --registry <url>          of the schemas, for Avro; SCHEMA_REGISTRY_URL where not said
  --tenant-config <file>    JSON: the body of PUT /tenants/{id}; with an id of its own where the file has none
  --service-config <file>   the same of the service
  --token-file <file>       the token of the configuration API; CONFORM_TOKEN where not said
  --origin <url>            a page of the Core that may call the configuration API from a browser
  --amount <euros>          of each trial payment; 1.00 where not said
  --landing-page <url>      where payers land in the end, {id} for the application
  --landing-url <url>       the proxy's address that the page to pay at leads back to
  --pay-url <url>           POSTed to, it has a payment paid
  --pay-command <command>   the same by the shell: CONFORM_ID, _IUD, _IUV, _NOTICE_CODE, _AMOUNT
  --due-command <command>   opens a debt of CONFORM_ID, _IUD, _AMOUNT and prints {"notice_code":"…","iuv":"…"}
  --intermediary <name>     does these four at a sandbox of ours, where the tenant's configuration says it is:
                            ${intermediaryNames}
  --patience <seconds>      longest wait for what must come; 30 where not said
  --write <folder>          writes conformance.json and conformance.md there, too
  --json                    prints JSON, not Markdown

In --landing-url and --pay-url: {id}, {iud}, {iuv}, {notice_code}, {amount} of the payment.`

function encodingOf(text: string | undefined): LogPlace['encoding'] {
  if (text === undefined || text === 'json' || text === 'avro') return text
  throw new UsageError(`--encoding ${text}: say json or avro`)
}

function boundsOf({ amount, patience }: Given): Pick<Plan, 'amount' | 'patienceMs' | 'settleMs'> {
  if (!/^\d{1,6}\.\d\d$/.test(amount) || Number(amount) === 0) {
    throw new UsageError(`--amount ${amount}: say euros with two decimals, such as 1.00`)
  }
  return { amount, patienceMs: 1_000 * wholeNumber('--patience', patience, 1), settleMs }
}

async function planOf(given: Given): Promise<Plan> {
  const bounds = boundsOf(given)
  const { proxy } = given
  if (proxy !== undefined) return readPlan({ ...given, proxy }, bounds)
  if (given.brokers !== undefined || ownKafkaSetting() !== undefined) {
    throw new UsageError(
      'say which proxy by --proxy; without it the embedded installation is meant',
    )
  }
  const portBase = portBaseOf(given['port-base'])
  const place = { dataDir: dataDirOf(portBase), portBase }
  return ownPlan(place, demoIntermediaryOf(given.intermediary), bounds)
}

async function placeOf(given: Given): Promise<LogPlace> {
  const { brokers, topic } = given
  const env =
    brokers === undefined
      ? await installed(given['port-base'])
      : { ...process.env, KAFKA_BROKERS: brokers }
  const url = given.registry ?? env['SCHEMA_REGISTRY_URL']
  const { kafka, registry } = platformSettings({
    ...env,
    SCHEMA_REGISTRY_URL: url,
    CORRENTE_WIRE: url ? 'avro' : 'json',
  })
  return { kafka, registry, topic, encoding: encodingOf(given.encoding) }
}

function write(folder: string, told: ConformanceReport): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'conformance.json'), `${JSON.stringify(told, null, 2)}\n`)
  writeFileSync(join(folder, 'conformance.md'), markdownOf(told))
}

/** Holds a proxy against what is required of it. */
export const conform: Command = {
  name: 'conform',
  summary: 'hold a payment proxy, ours or a stranger’s, against what is required of it',
  help,
  async run(args) {
    const given = parsed(args)
    if (!given['yes-write-trial-payments']) {
      throw new UsageError(
        'corrente conform writes trial payments and malformed events, and opens debts: say ' +
          '--yes-write-trial-payments, and never where payments are real',
      )
    }
    const plan = await planOf(given)
    const told = await judgeProxy(plan, await placeOf(given), report)
    if (given.write !== undefined) write(given.write, told)
    print(given.json ? JSON.stringify(told) : markdownOf(told))
    if (told.is_given_up) return 130
    return isConformant(told) ? 0 : 1
  },
}
