import { operationsConfig } from '#apps/operations/config'
import { inTurn } from '#apps/operations/in-turn'
import { startObserver } from '#apps/operations/observer'
import { operations, type OperationsPorts } from '#apps/operations/operations'
import { type Recent, readRecent } from '#apps/operations/recent'
import { remembered } from '#apps/operations/remembered'
import { exportUndecided } from '#apps/operations/undecided'
import { allTopics } from '#apps/platform/contracts'
import { within } from '#apps/platform/deadline'
import { declaredUnits } from '#apps/platform/declared-units'
import { listen, type Listening } from '#apps/platform/http'
import { isEntry, runHttpProcess } from '#apps/platform/http-process'
import type { LogAccess } from '#apps/platform/inspection/log-access'
import { askProcess } from '#apps/platform/inspection/processes'
import { readLetter } from '#apps/platform/inspection/read-letter'
import { readStory } from '#apps/platform/inspection/read-story'
import { platformSettings } from '#apps/platform/settings'
import { TransientError } from '#core/errors'
import { newLog } from '#core/log'
import { newMetrics } from '#core/metrics'

/** Answers are good for so long, milliseconds. */
const rememberedMs = 1_000
/** Longest wait of the overview for what is read from the log, milliseconds. */
const patienceMsMax = 3_000
/** A payment is created at the time of its application, told in whole seconds; so much before it nothing is of it. */
const headStartMs = 5_000

/** Starts the status page from its environment. It answers from the beginning, also where Kafka is away. */
export async function startOperations(
  env: Readonly<Record<string, string | undefined>>,
): Promise<Listening> {
  const config = operationsConfig(env)
  const settings = platformSettings(env)
  const log = newLog('operations', settings.logLevel)
  const metrics = newMetrics()
  const observer = startObserver(settings)
  exportUndecided(metrics.registry, declaredUnits, () => observer.view().ledgers?.letters)
  const processes = () => Promise.all(config.processes.map(askProcess))
  const app = operations({
    units: declaredUnits,
    topics: allTopics,
    metrics,
    log,
    view: () => observer.view(),
    processes: remembered(rememberedMs, processes),
    ...readers(() => observer.log()),
  })
  try {
    const server = await listen(app, config.port, config.host)
    return {
      url: server.url,
      async close() {
        await server.close()
        await observer.close()
      },
    }
  } catch (error) {
    await observer.close()
    throw error
  }
}

/** What is read from the log when somebody looks. */
function readers(
  access: () => LogAccess | undefined,
): Pick<OperationsPorts, 'recent' | 'story' | 'letter'> {
  const reached = () => {
    const log = access()
    if (log) return log
    throw new TransientError('Kafka has not answered yet')
  }
  const recent = remembered(rememberedMs, async () => readRecent(reached()))
  const story = inTurn(async (id: string) => {
    const known = (await recent()).payments.find((payment) => payment.id === id)
    const began = known && { sinceMs: Date.parse(known.createdAt) - headStartMs }
    return readStory(reached(), { id, ...began })
  })
  return {
    // The overview is most wanted when this fails.
    recent: (): Promise<Recent | undefined> => {
      const late = () => new TransientError('the log is silent')
      return within(patienceMsMax, recent(), late).catch(() => undefined)
    },
    story: (id) => story(id).catch(unread),
    letter: (place) => readLetter(reached(), place).catch(unread),
  }
}

const unread = (error: unknown): never => {
  throw new TransientError((error as Error).message)
}

if (isEntry(import.meta.url)) await runHttpProcess('operations', startOperations)
