import { parseArgs } from 'node:util'
import { type Command, report, UsageError } from '#apps/corrente/command'
import { type Demo, startDemo } from '#apps/corrente/demo'
import {
  type Demonstration,
  demonstrationHelp,
  demonstrationOf,
  demonstrationOptions,
} from '#apps/corrente/demonstration'
import { findPlatform } from '#apps/corrente/find-platform'
import { installed, ownKafkaSetting } from '#apps/corrente/installation'
import { dataDirOf, portBaseOf } from '#apps/corrente/place'
import { stayUp } from '#apps/corrente/stay-up'
import {
  forgetSupervisor,
  noteReady,
  supervise,
  supervisorReady,
} from '#apps/corrente/supervisor-file'

const help = `corrente start [--demo <name>] [--once] [--port-base <n>] [--on-own-kafka]

A demonstration. Starts an embedded Kafka, schema registry and Postgres (or finds the ones that run), topics, schemas,
the worker, the payment proxy, the poller, the ingest edge, the edge and the projector of debits, the API of exports, the status
page, a stand-in of ksqlDB with the views, and sandboxes of the outside parties; configures a fictional body, and shows something.

${demonstrationHelp}

  --once           end when it is shown, instead of staying up
  --port-base <n>  another installation beside the first; default 17000
  --on-own-kafka   do all this on the Kafka that KAFKA_BROKERS names; without it such a Kafka is left alone

It stays up until Ctrl-C, which drains the apps and stops what this command started. Exit code 130 where that comes
before all is shown; 1 where the books of debits are wrong, 2 where they could not be verified.`

const options = {
  ...demonstrationOptions,
  once: { type: 'boolean', default: false },
  'on-own-kafka': { type: 'boolean', default: false },
  'port-base': { type: 'string' },
} as const

/** One call of the command. */
interface Start {
  readonly portBase: number
  readonly dataDir: string
  readonly isOnce: boolean
  readonly demonstration: Demonstration
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
  summary: 'a demonstration: Kafka, registry, apps, sandboxes, and one payment, or a day of debits',
  help,
  async run(args) {
    const { values } = parseArgs({ args: [...args], options })
    const { once, 'on-own-kafka': isOnOwnKafka, 'port-base': portBaseText, ...chosen } = values
    const own = ownKafkaSetting()
    if (own !== undefined && !isOnOwnKafka) {
      throw new UsageError(
        `${own} is set, and start is a demonstration with a fictional body and application: on your own Kafka run ` +
          'corrente topics apply, schemas register, worker, payment-proxy and ingest, or say --on-own-kafka to have it there',
      )
    }
    const demonstration = demonstrationOf(chosen)
    const ending = new AbortController()
    process.once('SIGINT', () => ending.abort()).once('SIGTERM', () => ending.abort())
    const portBase = portBaseOf(portBaseText)
    const dataDir = dataDirOf(portBase)
    const given: Start = {
      portBase,
      dataDir,
      isOnce: once,
      demonstration,
      signal: ending.signal,
      began: performance.now(),
    }
    const supervision = await supervise(dataDir, portBase)
    try {
      return supervision.isOwn
        ? await host(given, supervision.isAfterKill)
        : await visit(given, supervision.pid)
    } catch (error) {
      if (!ending.signal.aborted || (error as Error).name !== 'AbortError') throw error
      report('interrupted before all was shown')
      return interrupted
    } finally {
      if (supervision.isOwn) forgetSupervisor(dataDir)
    }
  },
}

/** Runs everything, shows what is to be shown, and stays until it is ended. */
async function host(given: Start, isAfterKill: boolean): Promise<number> {
  const { portBase, dataDir, demonstration, signal, began } = given
  const { platform, stop } = await findPlatform({ dataDir, portBase, report, signal })
  let demo: Demo | undefined
  try {
    // The payer of the demonstration is nobody, and the mail server a sandbox unless the environment names one.
    const mails = platform['SMTP_URL'] ? {} : { CORRENTE_PAYMENT_MAILS: 'on' }
    const installation = { dataDir, portBase, platform: { ...mails, ...platform } }
    const portsMsMax = isAfterKill ? formerAppsMsMax : 0
    signal.throwIfAborted()
    demo = await startDemo(installation, { report, signal, portsMsMax })
    noteReady(dataDir, portBase)
    report(`ready after ${elapsed(began)}`)
    const { pidOf } = demo
    const shown = await demonstration({ platform, portBase, pidOf, signal })
    report(`shown after ${elapsed(began)}`)
    if (!given.isOnce) await stayUp(given, signal)
    await shown.close()
    return shown.code
  } finally {
    if (demo) report('draining')
    await demo?.stop()
    await stop()
  }
}

/** Another start runs everything: this one only shows something on it. */
async function visit(given: Start, pid: number): Promise<number> {
  const { portBase, dataDir, demonstration, signal, began } = given
  report(`corrente start (pid ${pid}) runs the apps; waiting until they are ready`)
  await supervisorReady(dataDir, pid, signal)
  const platform = await installed(String(portBase))
  const shown = await demonstration({ platform, portBase, pidOf: () => undefined, signal })
  report(`shown after ${elapsed(began)}`)
  await shown.close()
  return shown.code
}

const elapsed = (startMs: number) => `${((performance.now() - startMs) / 1_000).toFixed(1)} s`
