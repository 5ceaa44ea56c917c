import { parseArgs } from 'node:util'
import { type Command, print, report, UsageError } from '#apps/corrente/command'
import { type Demo, startDemo } from '#apps/corrente/demo'
import { addressesOf, type Installation } from '#apps/corrente/demo-apps'
import {
  type DemoIntermediary,
  demoIntermediaryOf,
  intermediaryNames,
} from '#apps/corrente/demo-intermediaries'
import { embedded, installed, ownKafkaSetting } from '#apps/corrente/installation'
import { dataDirOf, portBaseOf, sandboxPortsOf } from '#apps/corrente/place'
import {
  forgetSupervisor,
  noteReady,
  supervise,
  supervisorReady,
} from '#apps/corrente/supervisor-file'
import { tellStory, type ToldStory } from '#apps/corrente/told-story'
import { type Postgres, type PostgresOptions, startPostgres } from '#compose/embedded/postgres'
import { type Stack, startStack } from '#compose/embedded/stack'

const help = `corrente start [--pay] [--once] [--intermediary <name>] [--port-base <n>] [--demo]

A demonstration. Starts an embedded Kafka, schema registry and Postgres (or finds the ones that run), topics, schemas,
the worker, the payment proxy, the poller, the ingest edge, the edge and the projector of debits, the status page, a stand-in of ksqlDB with
the views, and sandboxes of the outside parties; configures a fictional body, publishes one application of a fictional citizen and prints its story as it happens.

  --pay            pay by itself, as a browser would, and follow the story to the Core
  --once           end when the story is told, instead of staying up
  --intermediary <name>
                   whose sandbox is paid at: ${intermediaryNames}; default examplepay
  --port-base <n>  another installation beside the first; default 17000
  --demo           do all this on the Kafka that KAFKA_BROKERS names; without it such a Kafka is left alone

It stays up until Ctrl-C, which drains the apps and stops what this command started. Exit code 130 where that comes
before the story is told.`

const options = {
  pay: { type: 'boolean', default: false },
  once: { type: 'boolean', default: false },
  demo: { type: 'boolean', default: false },
  intermediary: { type: 'string' },
  'port-base': { type: 'string' },
} as const

/** One call of the command. */
interface Start {
  readonly portBase: number
  readonly dataDir: string
  readonly isPaid: boolean
  readonly isOnce: boolean
  readonly intermediary: DemoIntermediary
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal
  /** When it was typed, in `performance.now()` milliseconds. */
  readonly began: number
}

const interrupted = 130
/** Longest drain of an app whose parent was killed. */
const formerAppsMsMax = 16_000

/** Everything with one line. */
export const start: Command = {
  name: 'start',
  summary:
    'a demonstration: Kafka, registry, apps, sandboxes, and one payment from beginning to end',
  help,
  async run(args) {
    const { values } = parseArgs({ args: [...args], options })
    const own = ownKafkaSetting()
    if (own !== undefined && !values.demo) {
      throw new UsageError(
        `${own} is set, and start is a demonstration with a fictional body and application: on your own Kafka run ` +
          'corrente topics apply, schemas register, worker, payment-proxy and ingest, or say --demo to have it there',
      )
    }
    const intermediary = demoIntermediaryOf(values.intermediary)
    const ending = new AbortController()
    process.once('SIGINT', () => ending.abort()).once('SIGTERM', () => ending.abort())
    const portBase = portBaseOf(values['port-base'])
    const dataDir = dataDirOf(portBase)
    const given: Start = {
      portBase,
      dataDir,
      isPaid: values.pay,
      isOnce: values.once,
      intermediary,
      signal: ending.signal,
      began: performance.now(),
    }
    const supervision = await supervise(dataDir, portBase)
    try {
      if (supervision.isOwn) await host(given, supervision.isAfterKill)
      else await visit(given, supervision.pid)
      return 0
    } catch (error) {
      if (!ending.signal.aborted || (error as Error).name !== 'AbortError') throw error
      report('interrupted before the story was told')
      return interrupted
    } finally {
      if (supervision.isOwn) forgetSupervisor(dataDir)
    }
  },
}

/** Runs everything, tells the story, and stays until it is ended. */
async function host(given: Start, isAfterKill: boolean): Promise<void> {
  const { portBase, dataDir, signal, began } = given
  const { platform, stop } = await findPlatform(given)
  let demo: Demo | undefined
  try {
    const installation = { dataDir, portBase, platform }
    const portsMsMax = isAfterKill ? formerAppsMsMax : 0
    signal.throwIfAborted()
    demo = await startDemo(installation, { report, signal, portsMsMax })
    noteReady(dataDir, portBase)
    report(`ready after ${elapsed(began)}`)
    const story = await told(platform, given)
    if (!given.isOnce) await stayUp(portBase, signal)
    await story.close()
  } finally {
    if (demo) report('draining')
    await demo?.stop()
    await stop()
  }
}

/** Another start runs everything: this one only tells a story. */
async function visit(given: Start, pid: number): Promise<void> {
  report(`corrente start (pid ${pid}) runs the apps; waiting until they are ready`)
  await supervisorReady(given.dataDir, pid, given.signal)
  const story = await told(await installed(String(given.portBase)), given)
  await story.close()
}

/** Where Kafka is: the caller's own, or the embedded one. */
async function findPlatform({ dataDir, portBase, signal }: Start) {
  if (ownKafkaSetting() !== undefined) return { platform: process.env, stop: async () => undefined }
  const options = { dataDir, portBase, report, signal }
  const [stack, postgres] = await bothStarted([startStack(options), databaseFor(options)])
  return {
    platform: { ...embedded(stack), ...(postgres ? { DATABASE_URL: postgres.url } : {}) },
    async stop() {
      for (const part of [stack, postgres]) if (part && !part.wasRunning) await part.stop()
    },
  }
}

/** Postgres, for the stand-in of ksqlDB; none where DATABASE_URL names one. */
const databaseFor = async (options: PostgresOptions): Promise<Postgres | undefined> =>
  process.env['DATABASE_URL'] ? undefined : startPostgres(options)

/** Stops the one that came up where the other did not. */
async function bothStarted(
  starts: readonly [Promise<Stack>, Promise<Postgres | undefined>],
): Promise<readonly [Stack, Postgres | undefined]> {
  const both = await Promise.allSettled(starts)
  const failed = both.find(({ status }) => status === 'rejected')
  if (failed?.status !== 'rejected') return Promise.all(starts)
  for (const one of both) {
    if (one.status === 'fulfilled' && one.value && !one.value.wasRunning) await one.value.stop()
  }
  throw failed.reason
}

const elapsed = (startMs: number) => `${((performance.now() - startMs) / 1_000).toFixed(1)} s`

async function told(
  platform: Installation['platform'],
  { portBase, intermediary: { service_id }, isPaid, signal, began }: Start,
): Promise<ToldStory> {
  const coreUrl = addressesOf(portBase).core
  const story = await tellStory({ platform, coreUrl, service_id, isPaid, signal })
  const { payment, application, applicationStatus } = story
  print(`payment ${payment.id} is ${payment.status}`)
  if (applicationStatus !== undefined)
    print(`application ${application} is at ${applicationStatus}`)
  report(`told after ${elapsed(began)}; again: bin/corrente.cjs payment show ${payment.id}`)
  return story
}

async function stayUp(portBase: number, signal: AbortSignal): Promise<void> {
  const addresses = addressesOf(portBase)
  const { worker, paymentProxy, ingest, debitEdge, operations } = addresses
  const sandboxes = Object.keys(sandboxPortsOf(portBase)) as (keyof typeof addresses)[]
  print(`running: worker ${worker}/status, payment proxy ${paymentProxy}, ingest ${ingest}`)
  print(`status page: ${operations}; debits: ${debitEdge}/docs`)
  const outside = sandboxes.map((name) => `${name} ${addresses[name]}`)
  print(`sandboxes of outside parties: ${outside.join(', ')}`)
  print('Ctrl-C drains and stops')
  if (signal.aborted) return
  await new Promise<void>((resolve) => {
    const keepAlive = setInterval(() => undefined, 60_000)
    signal.addEventListener('abort', () => {
      clearInterval(keepAlive)
      resolve()
    })
  })
}
