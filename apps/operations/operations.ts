import type { Express, Response } from 'express'
import type { Html } from '#apps/operations/html'
import type { LogView } from '#apps/operations/needs'
import { needsOfLog } from '#apps/operations/needs'
import { letterPage, lettersPage } from '#apps/operations/pages/dead-letters'
import { overviewPage } from '#apps/operations/pages/overview'
import { parkedPage } from '#apps/operations/pages/parked'
import { paymentPage, paymentsPage } from '#apps/operations/pages/payments'
import { style } from '#apps/operations/pages/style'
import type { Recent } from '#apps/operations/recent'
import { httpApp, type StatusReport } from '#apps/platform/http'
import { Problem, tryLater } from '#apps/platform/problem'
import type { LetterPlace, LetterView } from '#apps/platform/inspection/read-letter'
import { needsOfProcesses, type ProcessStatus } from '#apps/platform/inspection/processes'
import type { StoryEvent } from '#apps/platform/inspection/story'
import type { Log } from '#core/log'
import type { Metrics } from '#core/metrics'
import type { Unit } from '#core/processor'
import type { AnyTopic } from '#schemas/topic'

/** What the status page works with. */
export interface OperationsPorts {
  readonly units: readonly Unit[]
  readonly topics: readonly AnyTopic[]
  readonly metrics: Pick<Metrics, 'registry' | 'errors'>
  readonly log: Log
  readonly view: () => LogView
  readonly processes: () => Promise<readonly ProcessStatus[]>
  /** Payments of late; undefined where the log cannot be asked. */
  readonly recent: () => Promise<Recent | undefined>
  /** The events of a payment; none where there is no such payment. Throws TransientError. */
  readonly story: (id: string) => Promise<readonly StoryEvent[]>
  /** A dead letter; undefined where none is at the place. Throws TransientError. */
  readonly letter: (place: LetterPlace) => Promise<LetterView | undefined>
}

const lettersShownMax = 200
const keysShownMax = 200

const ids = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Nothing but this page's own style sheet is loaded, and nobody frames it. */
const policy =
  "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

function send(response: Response, page: Html): void {
  response.set('content-security-policy', policy).type('html').send(String(page))
}

/** The app: pages, and a status that is red when and only when the log shows that somebody must act. */
export function operations(ports: OperationsPorts): Express {
  const { metrics, log, view } = ports
  const status = (): StatusReport => {
    const { samples } = view()
    const lags = samples.latest?.units.map(({ unit, lag, members }) => ({ unit, lag, members }))
    return { problems: needsOfLog(view()), details: { lags: lags ?? [] } }
  }
  return httpApp({
    name: 'operations',
    log,
    metrics,
    status,
    routes: (app) => addPages(app, ports),
  })
}

function addPages(app: Express, ports: OperationsPorts): void {
  const { units, topics, view } = ports
  const needsOf = (processes: readonly ProcessStatus[]) => [
    ...new Set([...needsOfLog(view()), ...needsOfProcesses(processes, Date.now())]),
  ]
  const needs = async () => needsOf(await ports.processes())

  app.get('/', async (request, response) => {
    const [processes, recent] = await Promise.all([ports.processes(), ports.recent()])
    const isRefreshing = request.query['refresh'] === 'on'
    const seen = { view: view(), processes, recent, units, topics, isRefreshing }
    send(response, overviewPage({ needs: needsOf(processes), ...seen }))
  })
  app.get('/style.css', (_request, response) => void response.type('css').send(style))
  app.get('/dead-letters', async (request, response) => {
    const unit = units.find(({ name }) => name === request.query['unit'])?.name
    const { ledgers } = view()
    if (!ledgers) throw tryLater('the dead letters are not read yet')
    const { letters } = ledgers
    const counts = units.map(({ name }) => [name, letters.countOf(name)] as const)
    const newest = letters.newest(lettersShownMax, unit)
    send(response, lettersPage({ needs: await needs(), counts, letters: newest }))
  })
  app.get('/dead-letters/:unit/:partition/:offset', async (request, response) => {
    const { unit, partition, offset } = request.params
    const isKnown = units.some(({ name }) => name === unit) && /^\d{1,9}$/.test(partition)
    const found =
      isKnown && /^\d{1,15}$/.test(offset)
        ? await ports.letter({ unit, partition: Number(partition), offset: Number(offset) })
        : undefined
    if (!found) throw new Problem(404, 'no dead letter is at this place')
    send(response, letterPage({ needs: await needs(), ...found }))
  })
  app.get('/parked', async (_request, response) => {
    const { ledgers } = view()
    if (!ledgers) throw tryLater('what is parked is not read yet')
    const keys = ledgers.parked.flatMap((rows) => rows.keys())
    const first = keys.toSorted((one, other) => one.dueAtMs - other.dueAtMs).slice(0, keysShownMax)
    send(response, parkedPage(await needs(), first, keys.length))
  })
  addPaymentPages(app, ports, needs)
}

function addPaymentPages(
  app: Express,
  ports: OperationsPorts,
  needs: () => Promise<readonly string[]>,
): void {
  app.get('/payments', async (request, response) => {
    const { id } = request.query
    if (typeof id === 'string' && ids.test(id.trim())) {
      return response.redirect(303, `/payments/${id.trim().toLowerCase()}`)
    }
    if (id !== undefined) throw new Problem(400, 'an id is a UUID')
    const recent = await ports.recent()
    if (!recent) throw tryLater('the log cannot be read')
    send(response, paymentsPage(await needs(), recent.payments))
  })
  app.get('/payments/:id', async (request, response) => {
    const { id } = request.params
    const events = ids.test(id) ? await ports.story(id.toLowerCase()) : []
    if (events.length === 0) throw new Problem(404, 'no event of such a payment was found')
    send(response, paymentPage(await needs(), id.toLowerCase(), events))
  })
}
