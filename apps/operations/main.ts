import { type OperationsConfig, operationsConfig } from '#apps/operations/config'
import { readConfigurations } from '#apps/operations/configuration-health'
import { inTurn } from '#apps/operations/in-turn'
import { type Observer, startObserver } from '#apps/operations/observer'
import { operations, type OperationsPorts } from '#apps/operations/operations'
import { type Recent, readRecent } from '#apps/operations/recent'
import { remembered } from '#apps/operations/remembered'
import { searchPayments } from '#apps/operations/search'
import { sessionCookie } from '#apps/operations/sign-in/cookie'
import type { GateSettings } from '#apps/operations/sign-in/gate'
import { openOperators } from '#apps/operations/sign-in/operators-source'
import { exportUndecided } from '#apps/operations/undecided'
import { allTopics } from '#apps/platform/contracts'
import { within } from '#apps/platform/deadline'
import { declaredUnits } from '#apps/platform/declared-units'
import { listen, type Listening } from '#apps/platform/http'
import { isEntry, runHttpProcess } from '#apps/platform/http-process'
import { askProcess } from '#apps/platform/inspection/processes'
import { readLetter } from '#apps/platform/inspection/read-letter'
import { readStory } from '#apps/platform/inspection/read-story'
import { readOperations } from '#apps/platform/inspection/read-operations'
import { waitingEvent } from '#apps/platform/inspection/waiting'
import { decideLetters } from '#apps/platform/operating/decide-letters'
import { releaseParked } from '#apps/platform/operating/release-parked'
import { platformSettings } from '#apps/platform/settings'
import { intermediaries } from '#connectors/index'
import { TransientError } from '#core/errors'
import { newLog } from '#core/log'
import { newMetrics } from '#core/metrics'

/** Answers are good for so long, milliseconds. */
const rememberedMs = 1_000
/** Longest wait of the overview for what is read from the log, milliseconds. */
const patienceMsMax = 3_000
/** A payment is created at the time of its application, told in whole seconds; so much before it nothing is of it. */
const headStartMs = 5_000

/** Letters, or parked keys, a second that are sent back from a page. */
const lettersPerSecond = 100

/** Starts the status app from its environment. It answers from the beginning, also where Kafka is away. */
export async function startOperations(
  env: Readonly<Record<string, string | undefined>>,
): Promise<Listening> {
  const config = operationsConfig(env)
  const signIn = signInOf(config)
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
    ...readers(observer),
    warnings: warningsOf(config),
    signIn,
    trustedProxies: config.trustedProxies,
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

/** Throws where the file of operators cannot be read. */
function signInOf({ usersFile, publicOrigin }: OperationsConfig): GateSettings | undefined {
  if (usersFile === undefined) return undefined
  const cookie = sessionCookie(publicOrigin?.startsWith('https:') ?? false)
  return { source: openOperators(usersFile), cookie, publicOrigin, now: Date.now }
}

const warningsOf = ({ usersFile, processes }: OperationsConfig): readonly string[] => [
  ...(usersFile === undefined
    ? [
        'OPERATIONS_USERS_FILE is not set: whoever is on this machine sees these pages, and nobody changes anything',
      ]
    : []),
  ...(processes.length === 0
    ? ['CORRENTE_PROCESSES is not set: circuits, versions and what processes say are not shown']
    : []),
]

type Readers = Pick<
  OperationsPorts,
  'recent' | 'story' | 'search' | 'letter' | 'decide' | 'release' | 'audit' | 'configurations'
>

/** What is read from the log when somebody looks, and written when somebody decides. */
function readers(observer: Observer): Readers {
  const reached = () => {
    const log = observer.log()
    if (log) return log
    throw new TransientError('Kafka has not answered yet')
  }
  const recent = remembered(rememberedMs, async () => readRecent(reached()))
  const story = inTurn(async (id: string) => {
    const known = (await recent()).payments.find((payment) => payment.id === id)
    const began = known && { sinceMs: Date.parse(known.createdAt) - headStartMs }
    const events = await readStory(reached(), { id, ...began })
    const named = events.flatMap(({ payment }) => (payment ? [payment.id, payment.remote_id] : []))
    const names = new Set([id, ...named])
    const parked = observer.view().ledgers?.parked.flatMap((rows) => rows.keys()) ?? []
    return [...events, ...parked.filter(({ orderKey }) => names.has(orderKey)).map(waitingEvent)]
  })
  const search = inTurn(async (query: Parameters<Readers['search']>[0]) =>
    searchPayments(reached(), query),
  )
  // Two of one process would fence each other.
  const decide = inTurn(async (deciding: Parameters<Readers['decide']>[0]) =>
    decideLetters(reached(), { ...deciding, rate: lettersPerSecond, onDecided: () => undefined }),
  )
  const configurations = remembered(rememberedMs, async () =>
    readConfigurations(reached(), intermediaries),
  )
  const release = inTurn(async (releasing: Parameters<Readers['release']>[0]) =>
    releaseParked(reached(), { ...releasing, rate: lettersPerSecond }),
  )
  const audit = inTurn(async (sinceMs: number) => readOperations(reached(), { sinceMs }))
  return {
    // The overview is most wanted when this fails.
    recent: (): Promise<Recent | undefined> => {
      const late = () => new TransientError('the log is silent')
      return within(patienceMsMax, recent(), late).catch(() => undefined)
    },
    story: (id) => story(id).catch(unread),
    search: (query) => search(query).catch(unread),
    letter: (place) => readLetter(reached(), place).catch(unread),
    decide: (deciding) => decide(deciding).catch(unread),
    release: (releasing) => release(releasing).catch(unread),
    audit: (sinceMs) => audit(sinceMs).catch(unread),
    configurations: () => configurations().catch(unread),
  }
}

const unread = (error: unknown): never => {
  throw new TransientError((error as Error).message)
}

if (isEntry(import.meta.url)) await runHttpProcess('operations', startOperations)
