import type { Express, RequestHandler } from 'express'
import {
  type Answer,
  create,
  merge,
  plurals,
  remove,
  replace,
  show,
} from '#apps/payment-proxy/configuration/answers'
import { allowOrigins } from '#apps/payment-proxy/configuration/cors'
import type { ConfigurationAccess } from '#apps/payment-proxy/configuration/desk'
import { formIo } from '#apps/payment-proxy/configuration/form-io'
import { history } from '#apps/payment-proxy/configuration/history'
import { jsonBody } from '#apps/payment-proxy/configuration/read-body'
import type { Desk } from '#apps/payment-proxy/desk'
import { type Method, requestIdOf, serveMethods } from '#apps/platform/http-answers'
import { Problem } from '#apps/platform/problem'
import type { IntermediaryConnector } from '#ports/intermediary'
import type { ConfigurationLevel } from '#schemas/generated/types'
import { wholeForm } from '#streams/payments/validate-configuration'

const levels = ['TENANT', 'SERVICE'] as const

interface Mounting {
  readonly connector: IntermediaryConnector
  readonly access: ConfigurationAccess
  readonly deskOf: (requestId: string) => Desk
}

/**
 * The configuration API of a connector, `/tenants` and `/services` below its name; 404 where it has nothing to
 * configure at that level.
 */
export function mountConfigurations(app: Express, mounting: Mounting): void {
  for (const level of levels) {
    const plural = plurals[level]
    const at = `/${mounting.connector.name}/${plural}`
    const form = wholeForm(mounting.connector, level)
    const serve = (path: string, answers: Readonly<Partial<Record<Method, Answer>>>) =>
      mount(app, path, answers, { ...mounting, level })
    if (!form) {
      for (const path of [at, `${at}/*rest`]) serve(path, { get: nothingAt(plural) })
      continue
    }
    serve(`${at}/schema`, {
      get: async (_desk, _request, response) => void response.json(formIo(form)),
    })
    serve(at, { post: create })
    serve(`${at}/:id/history`, {
      get: (desk, request, response) => history(desk, request, response),
    })
    serve(`${at}/:id`, { get: show, put: replace, patch: merge, delete: remove })
  }
}

const nothingAt =
  (plural: string): Answer =>
  async ({ connector }) => {
    throw new Problem(404, `${connector.name} has nothing to configure for ${plural}`)
  }

function mount(
  app: Express,
  path: string,
  answers: Readonly<Partial<Record<Method, Answer>>>,
  { access, deskOf, level }: Mounting & { readonly level: ConfigurationLevel },
): void {
  const methods = Object.keys(answers) as Method[]
  const handlers = methods.map((method): [Method, RequestHandler[]] => {
    const answer: RequestHandler = (request, response) =>
      answers[method]!({ ...deskOf(requestIdOf(response)), access, level }, request, response)
    const reads = method === 'post' || method === 'put' || method === 'patch'
    const guard = method === 'get' ? [] : [admitted(access, method)]
    return [method, [...guard, ...(reads ? jsonBody : []), answer]]
  })
  const named = methods.map((method) => method.toUpperCase())
  serveMethods(app, path, Object.fromEntries(handlers), [allowOrigins(access.origins, named)])
}

/** Nobody writes without a token; the Core 2.13 deletes without, where that is switched on. */
const admitted =
  ({ readBearer, isDeleteOpen }: ConfigurationAccess, method: Method): RequestHandler =>
  async (request, response, next) => {
    const authorization = request.get('authorization')
    const isOpen = method === 'delete' && isDeleteOpen && authorization === undefined
    response.locals['bearer'] = isOpen ? undefined : await readBearer(authorization)
    next()
  }
