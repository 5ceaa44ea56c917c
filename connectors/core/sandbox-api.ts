import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import express from 'express'
import { z } from 'zod'
import { afterOutcome, statusNameOf, statusOf } from '#connectors/core/sandbox-applications'
import type { Applications } from '#connectors/core/sandbox-applications'
import type { RequestHandler, Response, Router } from 'express'

/** What goes wrong next. `down`: so many answers are 503. `lost`: so many outcomes are taken, unanswered. */
export interface Behaviour {
  down: number
  lost: number
  /** Every answer comes so much later. */
  slow_ms: number
}

interface ApiOptions {
  readonly applications: Applications
  readonly username: string
  readonly password: string
  readonly behaviour: Behaviour
  readonly countLogin: () => void
}

const Outcome = z.object({
  status: z.string().min(1),
  status_code: z.string(),
  status_message: z.string(),
  data: z.record(z.string(), z.unknown()).optional(),
})

/** The part of the Core's API that reports outcomes and tells statuses, behind its tokens. */
export const coreApi = (options: ApiOptions): Router => {
  const { applications, behaviour } = options
  const tokens = new Set<string>()
  const router = express.Router()
  router.use(misbehaving(behaviour), express.json())
  router.post('/auth', signIn(options, tokens))
  router.use(onlyWith(tokens))

  router.post('/applications/:id/payment', (request, response) => {
    const application = applications.get(request.params.id)
    if (!application) return say(response, 404, 'There is no such application')
    const asked = { ...application, outcome_requests: application.outcome_requests + 1 }
    const outcome = Outcome.safeParse(request.body)
    const after = outcome.success ? afterOutcome(asked, outcome.data.status) : undefined
    applications.put(after ?? asked)
    if (!outcome.success) {
      const errors = outcome.error.issues.map(({ path, message }) => ({ path, message }))
      return problem(response, 400, errors)
    }
    if (!after) return say(response, 422, 'The application does not wait for a payment')
    if (behaviour.lost > 0) {
      behaviour.lost -= 1
      return void response.socket?.destroy()
    }
    say(response, 200, 'The application took the outcome')
  })

  router.get('/applications/:id', (request, response) => {
    const application = applications.get(request.params.id)
    if (!application) return say(response, 404, 'There is no such application')
    const status = statusOf(application)
    response.json({ id: application.id, status: String(status), status_name: statusNameOf(status) })
  })
  return router
}

const misbehaving =
  (behaviour: Behaviour): RequestHandler =>
  async (_request, response, next) => {
    if (behaviour.slow_ms > 0) await delay(behaviour.slow_ms)
    if (behaviour.down === 0) return next()
    behaviour.down -= 1
    problem(response, 503)
  }

const signIn =
  ({ username, password, countLogin }: ApiOptions, tokens: Set<string>): RequestHandler =>
  (request, response) => {
    const given = (request.body ?? {}) as { username?: unknown; password?: unknown }
    if (given.username !== username || given.password !== password) {
      return problem(response, 401)
    }
    const token = randomUUID()
    tokens.add(token)
    countLogin()
    response.json({ token })
  }

const onlyWith =
  (tokens: ReadonlySet<string>): RequestHandler =>
  (request, response, next) => {
    const token = request.headers.authorization?.replace(/^Bearer /, '')
    if (token !== undefined && tokens.has(token)) return next()
    problem(response, 401)
  }

const titles: Readonly<Record<number, string>> = {
  400: 'The request is malformed',
  401: 'Sign in first, with the right password',
  404: 'There is no such path',
  503: 'Down for a while',
}

// As the Core speaks: a list of one sentence.
const say = (response: Response, status: number, sentence: string): void => {
  response.status(status).json([sentence])
}

/** Says what is wrong, as RFC 7807 does. */
export const problem = (response: Response, status: number, errors?: readonly object[]): void => {
  const title = titles[status] ?? 'The sandbox is broken'
  response
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title, status, errors, sandbox: true }))
}
