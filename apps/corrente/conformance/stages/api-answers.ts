import { isDone as isDoneAnswer, jsonOf } from '#apps/corrente/conformance/checks/answers'
import type { Exchange } from '#apps/corrente/conformance/observed'
import { at } from '#apps/corrente/conformance/read-event'

export const hasStatus = (exchange: Exchange, status: number): boolean =>
  'status' in exchange && exchange.status === status

export const isDone = (exchange: Exchange): boolean =>
  'status' in exchange && isDoneAnswer(exchange)

/** Whether the answer shows a configuration that is in use. */
export const isActive = (exchange: Exchange): boolean =>
  'status' in exchange && isDoneAnswer(exchange) && at(jsonOf(exchange), 'active') !== false

/** The proxy or its parts are not up to date yet; repeating is harmless. */
export const isEarly = (exchange: Exchange): boolean =>
  !('status' in exchange) || [502, 503, 504].includes(exchange.status)

export const isUnauthorised = (exchange: Exchange): boolean =>
  hasStatus(exchange, 401) || hasStatus(exchange, 403)
