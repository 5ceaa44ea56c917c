import type { Express } from 'express'
import { asPages } from '#apps/operations/answer-page'
import type { ConfigurationState } from '#apps/operations/configuration-health'
import { operationsDocs } from '#apps/operations/docs'
import type { LogView } from '#apps/operations/needs'
import { needsOfLog } from '#apps/operations/needs'
import type { Frame } from '#apps/operations/pages/layout'
import { style } from '#apps/operations/pages/style'
import type { Recent } from '#apps/operations/recent'
import { addLetterPages } from '#apps/operations/routes/letters'
import { addOverviewPages } from '#apps/operations/routes/overview'
import { addParkedPages } from '#apps/operations/routes/parked'
import { addPaymentPages } from '#apps/operations/routes/payments'
import type { FoundPayments, PaymentQuery } from '#apps/operations/search'
import { enteredOf, Gate, type GateSettings, signedIn } from '#apps/operations/sign-in/gate'
import { originOf } from '#apps/operations/sign-in/origin'
import { addSignIn } from '#apps/operations/sign-in/routes'
import { serveTopicDocs } from '#apps/operations/topic-docs'
import { httpApp, type StatusReport } from '#apps/platform/http'
import type { ParkedKey } from '#apps/platform/inspection/parked'
import type { LetterPlace, LetterView } from '#apps/platform/inspection/read-letter'
import { needsOfProcesses, type ProcessStatus } from '#apps/platform/inspection/processes'
import type { DoneOperation } from '#apps/platform/inspection/read-operations'
import type { StoryEvent } from '#apps/platform/inspection/story'
import type { Decided, Deciding } from '#apps/platform/operating/decide-letters'
import type { Releasing } from '#apps/platform/operating/release-parked'
import type { Log } from '#core/log'
import type { Metrics } from '#core/metrics'
import type { Unit } from '#core/processor'
import type { AnyTopic } from '#schemas/topic'

/** What the status app works with. What reads the log throws TransientError where Kafka is away. */
export interface OperationsPorts {
  readonly units: readonly Unit[]
  readonly topics: readonly AnyTopic[]
  readonly metrics: Pick<Metrics, 'registry' | 'errors'>
  readonly log: Log
  readonly view: () => LogView
  readonly processes: () => Promise<readonly ProcessStatus[]>
  /** Payments of late; undefined where the log cannot be asked. */
  readonly recent: () => Promise<Recent | undefined>
  /** The events of a payment; none where there is no such payment. */
  readonly story: (id: string) => Promise<readonly StoryEvent[]>
  readonly search: (query: PaymentQuery) => Promise<FoundPayments>
  /** A dead letter; undefined where none is at the place. */
  readonly letter: (place: LetterPlace) => Promise<LetterView | undefined>
  readonly decide: (deciding: Omit<Deciding, 'rate' | 'onDecided'>) => Promise<Decided>
  /** Asks that parked keys are tried now; the keys that it asked for. */
  readonly release: (releasing: Omit<Releasing, 'rate'>) => Promise<readonly ParkedKey[]>
  /** What operators did since an instant, the first before the others. */
  readonly audit: (sinceMs: number) => Promise<readonly DoneOperation[]>
  readonly configurations: () => Promise<readonly ConfigurationState[]>
  /** What is amiss with settings, a sentence each. */
  readonly warnings: readonly string[]
  /** Undefined where whoever is on this machine may see all, and change nothing. */
  readonly signIn: GateSettings | undefined
  /** Addresses of proxies whose word on where a request comes from is taken. */
  readonly trustedProxies: readonly string[]
}

/** What the pages are served with. */
export interface Pages {
  readonly app: Express
  readonly ports: OperationsPorts
  readonly gate: Gate | undefined
  /** What stands around a page that answers the request. */
  readonly frameOf: (at: Parameters<typeof enteredOf>[0]) => Promise<Frame>
}

/** The app: pages, and a status that is red when and only when the log shows that somebody must act. */
export function operations(ports: OperationsPorts): Express {
  const { metrics, log, view, signIn } = ports
  const status = (): StatusReport => {
    const { samples } = view()
    const lags = samples.latest?.units.map(({ unit, lag, members }) => ({ unit, lag, members }))
    return {
      problems: [...needsOfLog(view()), ...unreadable(signIn)],
      details: { lags: lags ?? [] },
    }
  }
  return httpApp({
    name: 'operations',
    log,
    metrics,
    status,
    api: operationsDocs,
    routes: (app) => {
      serveTopicDocs(app, ports.units)
      addPages(app, ports)
    },
  })
}

/** Without the file nobody is let in. */
function unreadable(signIn: GateSettings | undefined): readonly string[] {
  try {
    signIn?.source.current()
    return []
  } catch (error) {
    return [(error as Error).message]
  }
}

function addPages(app: Express, ports: OperationsPorts): void {
  const { signIn, trustedProxies } = ports
  const gate = signIn && new Gate(signIn)
  app.set('trust proxy', [...trustedProxies])
  app.use(asPages)
  app.get('/style.css', (_request, response) => void response.type('css').send(style))
  if (gate) {
    addSignIn(app, gate, ports.log)
    app.use(signedIn(gate))
  } else {
    app.use((request, _response, next) => {
      originOf(request, undefined)
      next()
    })
  }
  const frameOf: Pages['frameOf'] = async (response) => {
    const entered = enteredOf(response)
    const processes = await ports.processes()
    const needs = [
      ...new Set([...needsOfLog(ports.view()), ...needsOfProcesses(processes, Date.now())]),
    ]
    const { path } = response.req
    return { path, needs, visitor: entered?.visitor, token: entered?.token }
  }
  const pages = { app, ports, gate, frameOf }
  addOverviewPages(pages)
  addPaymentPages(pages)
  addLetterPages(pages)
  addParkedPages(pages)
}
