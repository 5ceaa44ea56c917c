import { answerText, isAllowedFor, isDone, jsonOf } from '#apps/corrente/conformance/checks/answers'
import {
  type Answered,
  type ExchangeName,
  ofAnswer,
  type Observed,
} from '#apps/corrente/conformance/observed'
import {
  type Check,
  failed,
  notApplicable,
  notTried,
  type Outcome,
  passed,
} from '#apps/corrente/conformance/outcome'
import { at } from '#apps/corrente/conformance/read-event'

type Level = 'tenant' | 'service'

const nothingThere = (level: Level): Outcome =>
  notApplicable(`its form is answered 404: there is nothing to configure for a ${level}`)

const form = (level: Level) =>
  ofAnswer(`${level}-form`, (answer) => {
    if (answer.status === 404) return nothingThere(level)
    const components = at(jsonOf(answer), 'components')
    const isForm = isDone(answer) && Array.isArray(components) && components.length > 0
    return isForm
      ? passed(`${answerText(answer)} with ${components.length} components`)
      : failed('200 and a Form.io schema with components, or 404', answerText(answer))
  })

/** Passes where the request was done and the configuration then shows. */
const inserted = (level: Level) =>
  ofAnswer(`${level}-put`, (put, observed) => {
    if (!isDone(put)) return failed('2xx', refusalText(put))
    return ofAnswer(`${level}-read`, (read) => {
      const isShown = isDone(read) && at(jsonOf(read), 'active') !== false
      const seen = `${answerText(put)}, ${answerText(read)}`
      return isShown ? passed(seen) : failed('the configuration, active', seen)
    })(observed)
  })

// Problems name what is wrong by pointers, never by values.
function refusalText(answer: Answered): string {
  const detail = at(jsonOf(answer), 'detail')
  return typeof detail === 'string'
    ? `${answerText(answer)}: ${detail.slice(0, 200)}`
    : answerText(answer)
}

const done = (name: ExchangeName) =>
  ofAnswer(name, (answer) =>
    isDone(answer) ? passed(answerText(answer)) : failed('2xx', refusalText(answer)),
  )

const firstRead = ofAnswer('tenant-before', (answer) => {
  if (answer.status === 404) return passed(answerText(answer))
  return isDone(answer) && at(jsonOf(answer), 'active') === false
    ? notTried('the tenant is known from an earlier run')
    : failed('404', answerText(answer))
})

const withoutToken = ofAnswer('tenant-without-token', (answer) =>
  [401, 403].includes(answer.status)
    ? passed(answerText(answer))
    : failed('401 or 403', answerText(answer)),
)

const deleted = ofAnswer('service-delete', (answer, observed) => {
  if (!isDone(answer)) return failed('2xx', refusalText(answer))
  return ofAnswer('service-read-deleted', (read) => {
    const active = at(jsonOf(read), 'active')
    const isOff = read.status === 404 || (isDone(read) && active === false)
    const seen = `${answerText(answer)}, then ${answerText(read)} with active ${String(active)}`
    return isOff ? passed(seen) : failed('active false, or 404', seen)
  })(observed)
})

const preflight = ofAnswer('preflight', (answer) => {
  const words = (name: string) =>
    (answer.headers[name] ?? '').split(',').map((word) => word.trim().toLowerCase())
  const methods = words('access-control-allow-methods')
  const headers = words('access-control-allow-headers')
  const missing = [
    ...(isDone(answer) ? [] : ['2xx']),
    ...(isAllowedFor(answer) ? [] : ['access-control-allow-origin']),
    ...(methods.some((word) => word === 'put' || word === '*') ? [] : ['PUT among the methods']),
    ...['authorization', 'content-type']
      .filter((name) => !headers.includes(name))
      .map((name) => `${name} among the headers`),
  ]
  return missing.length === 0
    ? passed(answerText(answer))
    : failed(missing.join(', '), answerText(answer))
})

const openRead = ofAnswer('read-from-page', (answer) =>
  isDone(answer) && isAllowedFor(answer)
    ? passed(answerText(answer))
    : failed('2xx without a token, and access-control-allow-origin', answerText(answer)),
)

const endpoint = (name: 'status' | 'metrics', isRight: (answer: Answered) => boolean) =>
  ofAnswer(name, (answer) =>
    isDone(answer) && isRight(answer)
      ? passed(answerText(answer))
      : failed('200', answerText(answer)),
  )

/** How it is configured, and how it is. */
export const configurationChecks: readonly Check<Observed>[] = [
  {
    id: 'tenant-form',
    requirement: 'GET /tenants/schema answers the form of a tenant, or 404 where there is none',
    source: 'configuration API',
    judge: form('tenant'),
  },
  {
    id: 'service-form',
    requirement: 'GET /services/schema answers the form of a service, or 404 where there is none',
    source: 'configuration API',
    judge: form('service'),
  },
  {
    id: 'tenant-unknown',
    requirement: 'GET of a tenant that was never configured answers 404',
    source: 'T4',
    judge: firstRead,
  },
  {
    id: 'tenant-inserted',
    requirement: 'a tenant configuration can be inserted, by PUT also the first time',
    source: 'acceptance list, T4',
    judge: inserted('tenant'),
  },
  {
    id: 'service-inserted',
    requirement: 'a service configuration can be inserted, by PUT also the first time',
    source: 'acceptance list, T4',
    judge: inserted('service'),
  },
  {
    id: 'tenant-replaced',
    requirement: 'PUT of a tenant that is configured replaces it',
    source: 'T4',
    judge: done('tenant-put-again'),
  },
  {
    id: 'service-posted',
    requirement: 'a service configuration can be inserted by POST, too',
    source: 'T4',
    judge: done('service-post'),
  },
  {
    id: 'service-deleted',
    requirement: 'DELETE makes a service configuration inactive',
    source: 'configuration API',
    judge: deleted,
  },
  {
    id: 'writes-need-a-token',
    requirement: 'PUT without a token is answered 401 or 403',
    source: 'T5, platform standards',
    judge: withoutToken,
  },
  {
    id: 'reads-are-open',
    requirement: 'a page of the Core may GET the form of a configuration without a token',
    source: 'T5',
    judge: openRead,
  },
  {
    id: 'preflight',
    requirement: 'the preflight of PUT with a token is answered for a page of the Core (CORS)',
    source: 'T5',
    judge: preflight,
  },
  {
    id: 'status',
    requirement: 'GET /status answers 200 while the proxy is well',
    source: 'service endpoints',
    judge: endpoint('status', () => true),
  },
  {
    id: 'metrics',
    requirement: 'GET /metrics answers in the text form of Prometheus',
    source: 'service endpoints',
    judge: endpoint('metrics', ({ body }) => /^# (HELP|TYPE) /m.test(body) || body.trim() === ''),
  },
]
