import { parseArgs } from 'node:util'
import { type Command, print, report } from '#apps/corrente/command'
import { type Demo, startDemo } from '#apps/corrente/demo'
import { addressesOf, type Installation } from '#apps/corrente/demo-apps'
import { dataDirOf, portBaseOf } from '#apps/corrente/place'
import { findSupervisor, forgetSupervisor, noteSupervisor } from '#apps/corrente/supervisor-file'
import { tellStory, type ToldStory } from '#apps/corrente/told-story'
import { startStack } from '#compose/embedded/stack'

const help = `corrente start [--pay] [--once] [--port-base <n>]

Starts an embedded Kafka and schema registry (or finds the ones that run; or uses KAFKA_BROKERS), topics, schemas,
the worker, the payment proxy, the ingest edge, and sandboxes of the outside parties; publishes one application
and prints its story as it happens.

  --pay            pay by itself, as a browser would, and follow the story to the Core
  --once           end when the story is told, instead of staying up
  --port-base <n>  another installation beside the first; default 17000

It stays up until Ctrl-C, which drains the apps and stops what this command started.`

/** Where Kafka is: the caller's own, or the embedded one. */
async function findPlatform(dataDir: string, portBase: number) {
  if (process.env['KAFKA_BROKERS'] || process.env['KAFKA_BOOTSTRAP_SERVERS']) {
    return { platform: process.env, stop: async () => undefined }
  }
  const stack = await startStack({ dataDir, portBase, report })
  const platform = {
    ...process.env,
    KAFKA_BROKERS: stack.brokers,
    SCHEMA_REGISTRY_URL: stack.registryUrl,
  }
  return { platform, stop: () => (stack.wasRunning ? Promise.resolve() : stack.stop()) }
}

const elapsed = (startMs: number) => `${((performance.now() - startMs) / 1_000).toFixed(1)} s`

/** Everything with one line. */
export const start: Command = {
  name: 'start',
  summary: 'everything: Kafka, registry, apps, sandboxes, and one payment from beginning to end',
  help,
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        pay: { type: 'boolean', default: false },
        once: { type: 'boolean', default: false },
        'port-base': { type: 'string' },
      },
    })
    const portBase = portBaseOf(values['port-base'])
    const dataDir = dataDirOf(portBase)
    const ending = new AbortController()
    process.once('SIGINT', () => ending.abort()).once('SIGTERM', () => ending.abort())
    const began = performance.now()
    // Another start runs for this folder: its apps serve, this one only tells a story.
    const isGuest = findSupervisor(dataDir) !== undefined
    if (!isGuest) noteSupervisor(dataDir, portBase)
    const { platform, stop } = await findPlatform(dataDir, portBase)
    let demo: Demo | undefined
    try {
      const installation: Installation = { dataDir, portBase, platform }
      if (!isGuest) demo = await startDemo(installation, { report, signal: ending.signal })
      report(`ready after ${elapsed(began)}`)
      const story = await told(installation, values.pay, ending.signal, began)
      if (!values.once && !isGuest) await stayUp(portBase, ending.signal)
      await story.close()
      return 0
    } catch (error) {
      if (ending.signal.aborted) return 0
      throw error
    } finally {
      if (!isGuest) {
        if (demo) report('draining')
        await demo?.stop()
        await stop()
        forgetSupervisor(dataDir)
      }
    }
  },
}

async function told(
  { platform, portBase }: Installation,
  isPaid: boolean,
  signal: AbortSignal,
  began: number,
): Promise<ToldStory> {
  const coreUrl = addressesOf(portBase).core
  const story = await tellStory({ platform, coreUrl, isPaid, signal })
  const { payment, application, applicationStatus } = story
  print(`payment ${payment.id} is ${payment.status}`)
  if (applicationStatus !== undefined)
    print(`application ${application} is at ${applicationStatus}`)
  report(`told after ${elapsed(began)}; again: bin/corrente.cjs payment show ${payment.id}`)
  return story
}

async function stayUp(portBase: number, signal: AbortSignal): Promise<void> {
  const { worker, paymentProxy, ingest, examplepay, core } = addressesOf(portBase)
  print(`running: worker ${worker}/status, payment proxy ${paymentProxy}, ingest ${ingest}`)
  print(`sandboxes of outside parties: examplepay ${examplepay}, Core ${core}`)
  print('Ctrl-C drains and stops')
  await new Promise<void>((resolve) => {
    const keepAlive = setInterval(() => undefined, 60_000)
    signal.addEventListener('abort', () => {
      clearInterval(keepAlive)
      resolve()
    })
    if (signal.aborted) resolve()
  })
}
