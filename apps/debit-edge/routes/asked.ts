import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { type Answer, codeOf, decidedAnswer, send } from '#apps/debit-edge/answers/answer'
import type { Told } from '#apps/debit-edge/asking/ask'
import { type Terms, wantedOf } from '#apps/debit-edge/asking/wanted'
import type { DebitPorts, Desk } from '#apps/debit-edge/desk'
import { type Card, expectNoCard } from '#apps/debit-edge/reading/card'
import { deadlineIn } from '#apps/debit-edge/reading/deadline'
import { type Body, readBody } from '#apps/debit-edge/reading/read-body'
import { refusal } from '#apps/debit-edge/reading/refusal'
import { problemOf } from '#apps/platform/problem'
import type { DebitDecision } from '#schemas/generated/types'
import { isUndoneLate } from '#streams/debits/tries'

/** A request to a route, as far as every route reads it alike. */
export interface Given {
  readonly body: Body
  /** Of its path. */
  readonly params: Readonly<Record<string, string>>
  readonly requestId: string
  /** When it came, milliseconds since the epoch. */
  readonly nowMs: number
  readonly desk: Desk
  readonly accountOf: DebitPorts['accountOf']
}

/** What a route makes of a request. */
export interface Order {
  readonly terms: Terms
  /** The card it gives the number of. */
  readonly card?: Card | undefined
  /** Words of the caller's that travel on, by what they are called: none of them may hold the number of a card. */
  readonly words?: Readonly<Record<string, string | null>>
  /** In words of its own; of the decision and the request alone. */
  readonly answer?: (decision: DebitDecision) => Answer
  /** What has to be known here before it is answered that it was done. */
  readonly settled?: () => Promise<void>
}

/** A route that asks for a decision. */
export interface AskedRoute {
  /** Label of its numbers. */
  readonly name: string
  /** The id a request is known by. Problem 422 where it has none that can be. */
  readonly requestId: (headers: IncomingHttpHeaders, body: Body) => string
  /** Problem 4xx where it cannot be meant so. */
  readonly read: (given: Given) => Order
}

const soon = { 'retry-after': '1' }

const unready = () =>
  refusal(503, { code: '91', reason: 'not-ready', detail: 'the log is not open yet' }, soon)

/** Where a request was sent to. */
export interface Target {
  readonly path: string
  /** Parts of the path, by name. */
  readonly params: Readonly<Record<string, string>>
}

/** Answers a request to a route; rejects with what it is refused by. */
export type Asked = (
  request: IncomingMessage,
  response: ServerResponse,
  target: Target,
) => Promise<void>

/** Reads a request, asks, and answers what is told; everything is counted by route and response code. */
export function asked(desk: Desk, route: AskedRoute): Asked {
  return async (request, response, target) => {
    const begun = performance.now()
    const count = (code: string) => {
      desk.metrics.requests.inc({ route: route.name, code })
      desk.metrics.seconds.observe({ route: route.name }, (performance.now() - begun) / 1_000)
    }
    try {
      count(await serve(desk, route, target, { request, response }))
    } catch (error) {
      count(codeOf(problemOf(error)) ?? 'none')
      throw error
    }
  }
}

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

async function serve(
  desk: Desk,
  route: AskedRoute,
  { path, params }: Target,
  { request, response }: Exchange,
): Promise<string> {
  const ports = desk.ports()
  if (!ports) throw unready()
  const { headers } = request
  const body = await readBody(request)
  const nowMs = Date.now()
  const requestId = route.requestId(headers, body)
  const { accountOf } = ports
  const order = route.read({ body, params, requestId, nowMs, desk, accountOf })
  expectNoCards(order, requestId)
  response.setHeader('request-id', requestId)
  const deadlineAt = deadlineIn(headers, nowMs, desk.deadlineMs)
  const told = await ports.asking.ask(wantedOf(order.terms), deadlineAt)
  if (told.kind !== 'decided') throw unanswered(told, order)
  const { decision, is_repeat } = told.decided
  if (is_repeat) response.setHeader('idempotent-replayed', 'true')
  await order.settled?.()
  send(response, order.answer?.(decision) ?? decidedAnswer(decision, path))
  return decision.code
}

function expectNoCards({ card, words = {} }: Order, requestId: string): void {
  expectNoCard('the id of the request', requestId, card)
  for (const [name, text] of Object.entries(words)) if (text) expectNoCard(name, text, card)
}

function unanswered({ kind }: Exclude<Told, { readonly kind: 'decided' }>, { terms }: Order) {
  const { type, request_id } = terms
  switch (kind) {
    case 'late': {
      const detail = isUndoneLate(type)
        ? 'no decision came in time: it is not taken, or it is given back'
        : 'no decision came in time: ask again with the same id what became of it'
      return refusal(504, { code: '68', reason: 'late', detail, request_id })
    }
    case 'unowned': {
      const detail = 'nobody decides on this account at present: nothing was taken'
      return refusal(503, { code: '91', reason: 'no-owner', detail, request_id }, soon)
    }
    case 'busy': {
      const detail = 'requests wait here for too long at present: nothing was taken'
      return refusal(503, { code: '91', reason: 'busy', detail, request_id }, soon)
    }
    case 'away': {
      const detail = 'the log does not take requests at present: nothing was taken'
      return refusal(503, { code: '91', reason: 'log-away', detail, request_id }, soon)
    }
    case 'unnoted': {
      const detail = 'requests cannot be noted here at present: nothing was taken'
      return refusal(503, { code: '91', reason: 'not-noted', detail, request_id }, soon)
    }
  }
}
