import express from 'express'
import { z } from 'zod'
import { coreApi, problem } from '#connectors/core/sandbox-api'
import {
  newApplication,
  openApplications,
  statusNameOf,
  statusOf,
} from '#connectors/core/sandbox-applications'
import { applicationPage, homePage } from '#connectors/core/sandbox-pages'
import type { Behaviour } from '#connectors/core/sandbox-api'
import type { Application, Applications } from '#connectors/core/sandbox-applications'
import { close, listen, urlOf } from '#sandboxes/loopback-server'
import type { ErrorRequestHandler, Router } from 'express'

export interface CoreSandboxOptions {
  /** A free one where absent. */
  readonly port?: number
  readonly username: string
  readonly password: string
  /** Where applications are kept as JSON lines, for a restart; only in memory where absent. */
  readonly dataFile?: string
}

/** Totals over all applications, or the numbers of one; `outcome_requests` counts refused ones too. */
export interface CoreCounters {
  readonly applications: number
  readonly outcome_requests: number
  readonly outcomes_ok: number
  readonly outcomes_ko: number
  readonly logins: number
}

export interface CoreSandbox {
  /** `http://127.0.0.1:<port>`: the `base_url` of the configuration. */
  readonly url: string
  /** Totals, or those of one application; over HTTP `GET /counters` and `GET /counters/{id}`. */
  readonly counters: (id?: string) => CoreCounters
  stop(): Promise<void>
}

/**
 * The Core's register of applications as a real HTTP server on 127.0.0.1; `GET /` says what it takes. Tokens do
 * not survive a restart. Throws where the port is taken.
 */
export const startCoreSandbox = async (options: CoreSandboxOptions): Promise<CoreSandbox> => {
  const applications = openApplications(options.dataFile)
  let logins = 0
  const counters = (id?: string): CoreCounters => {
    const known = id === undefined ? undefined : applications.get(id)
    const counted = id === undefined ? applications.all() : known ? [known] : []
    return totals(counted, logins)
  }
  const behaviour: Behaviour = { down: 0, lost: 0, slow_ms: 0 }
  const app = express()
  app.disable('x-powered-by')
  app.use((_request, response, next) => {
    response.set({ 'x-sandbox': 'core', 'cache-control': 'no-store' })
    next()
  })
  app.get('/', (_request, response) => void response.send(homePage()))
  app.use('/api', coreApi({ ...options, applications, behaviour, countLogin: () => (logins += 1) }))
  app.use('/sandbox', controls(applications, behaviour))
  app.get('/counters', (_request, response) => void response.json(counters()))
  app.get('/counters/:id', (request, response) => void response.json(counters(request.params.id)))
  app.get('/:locale/pratiche/:id/detail', (request, response) => {
    const application = applications.get(request.params.id)
    response.status(application ? 200 : 404).send(applicationPage(application))
  })
  app.use((_request, response) => problem(response, 404))
  app.use(answerErrors)

  const server = await listen(app, options.port)
  return {
    url: urlOf(server),
    counters,
    stop: async () => {
      await close(server)
      applications.close()
    },
  }
}

const Registration = z.object({ id: z.string().min(1) })
const Status = z.object({ status: z.coerce.number().int().positive() })
const NewBehaviour = z.object({
  down: z.int().nonnegative().optional(),
  lost: z.int().nonnegative().optional(),
  slow_ms: z.int().nonnegative().max(60_000).optional(),
})

// What only the sandbox has, for programs and tests.
const controls = (applications: Applications, behaviour: Behaviour): Router => {
  const router = express.Router()
  router.use(express.json())
  router.post('/applications', (request, response) => {
    const { id } = Registration.parse(request.body)
    response.json(shown(applications.get(id) ?? applications.put(newApplication(id))))
  })
  router.get('/applications/:id', (request, response) => {
    const application = applications.get(request.params.id)
    if (!application) return problem(response, 404)
    response.json(shown(application))
  })
  router.put('/applications/:id', (request, response) => {
    const { status } = Status.parse(request.body)
    const known = applications.get(request.params.id) ?? newApplication(request.params.id)
    response.json(shown(applications.put({ ...known, history: [...known.history, status] })))
  })
  router.post('/behaviour', (request, response) => {
    response.json(Object.assign(behaviour, NewBehaviour.parse(request.body)))
  })
  return router
}

const shown = (application: Application) => ({
  ...application,
  status: String(statusOf(application)),
  status_name: statusNameOf(statusOf(application)),
})

const totals = (applications: readonly Application[], logins: number): CoreCounters => {
  const sumOf = (member: 'outcome_requests' | 'outcomes_ok' | 'outcomes_ko') =>
    applications.reduce((sum, application) => sum + application[member], 0)
  return {
    applications: applications.length,
    outcome_requests: sumOf('outcome_requests'),
    outcomes_ok: sumOf('outcomes_ok'),
    outcomes_ko: sumOf('outcomes_ko'),
    logins,
  }
}

interface Malformed {
  readonly status?: number
}

// Express knows an error handler by its four parameters.
const answerErrors: ErrorRequestHandler = (error: Malformed, _request, response, next) => {
  if (response.headersSent) return next(error)
  const status = error instanceof z.ZodError ? 400 : (error.status ?? 500)
  problem(response, status)
}
