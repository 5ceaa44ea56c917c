import express, { type Request, type RequestHandler, type Router } from 'express'

interface Configuration extends Record<string, unknown> {
  readonly id: string
  readonly active: boolean
}

/** What is configured at a proxy, in its memory. */
export interface Configurations {
  readonly router: Router
  /** Whether payments of the service are taken. */
  serves(tenantId: unknown, serviceId: unknown): boolean
}

interface Access {
  readonly token: string
  /** Of the Core's page. */
  readonly origin: string
}

const levels = ['tenants', 'services'] as const
const form = { display: 'form', components: [{ key: 'name', type: 'textfield', input: true }] }

/** The configuration API as a stranger may have written it. */
export function openConfigurations({ token, origin }: Access): Configurations {
  const kept = { tenants: new Map<string, Configuration>(), services: new Map() as Kept }
  const router = express.Router()
  router.use((request, response, next) => {
    response.set({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'GET,PUT,POST,DELETE',
      'access-control-allow-headers': 'authorization,content-type',
    })
    if (request.method === 'OPTIONS') return void response.status(204).end()
    const isAdmitted = request.get('authorization') === `Bearer ${token}`
    if (request.method === 'GET' || isAdmitted) return next()
    response.status(401).end()
  }, express.json())
  for (const level of levels) serve(router, level, kept[level])
  return {
    router,
    serves: (tenantId, serviceId) =>
      kept.tenants.get(String(tenantId))?.active === true &&
      kept.services.get(String(serviceId))?.active === true,
  }
}

type Kept = Map<string, Configuration>

function serve(router: Router, level: (typeof levels)[number], kept: Kept): void {
  const put =
    (id: string, body: unknown): RequestHandler =>
    (_request, response) => {
      const configuration = { active: true, ...(body as object), id }
      kept.set(id, configuration)
      response.json(configuration)
    }
  const idOf = (request: Request) => String(request.params['id'])
  router.get(`/${level}/schema`, (_request, response) => void response.json(form))
  router.get(`/${level}/:id`, (request, response) => {
    const found = kept.get(idOf(request))
    response.status(found ? 200 : 404).json(found ?? { title: 'not configured' })
  })
  router.put(`/${level}/:id`, (request, response, next) =>
    put(idOf(request), request.body)(request, response, next),
  )
  router.post(`/${level}`, (request, response, next) =>
    put((request.body as Configuration).id, request.body)(request, response, next),
  )
  router.delete(`/${level}/:id`, (request, response) => {
    const id = idOf(request)
    kept.set(id, { ...kept.get(id), id, active: false })
    response.status(204).end()
  })
}
