import express, { type Express, type Request, type RequestHandler, type Response } from 'express'
import { ingestDocs } from '#apps/ingest/docs'
import { callerOf, type Token } from '#apps/platform/bearer-tokens'
import { within } from '#apps/platform/deadline'
import { httpApp, type HttpAppOptions } from '#apps/platform/http'
import { requestIdOf, serveOnly } from '#apps/platform/http-answers'
import { Problem } from '#apps/platform/problem'
import { readEvent } from '#apps/platform/read-event'
import { TransientError } from '#core/errors'
import type { Log } from '#core/log'
import type { Metrics } from '#core/metrics'
import type { Publisher } from '#core/publisher'
import type { AnyTopic } from '#schemas/topic'
import { InvalidValueError } from '#schemas/values/invalid-value'

export interface IngestOptions extends Pick<HttpAppOptions, 'tracing'> {
  readonly topics: readonly AnyTopic[]
  readonly tokens: readonly Token[]
  readonly publisher: Pick<Publisher, 'pass'>
  readonly metrics: Pick<Metrics, 'registry' | 'errors'>
  readonly log: Log
  readonly status: HttpAppOptions['status']
}

const bodyBytesMax = 512 * 1024
const acknowledgedMsMax = 10_000

/**
 * Takes events of others over HTTP: `POST /<topic>` answers 202 with the record's place once Kafka has it. An
 * event sent again after a 503 may be there twice; its `event_id` is the same.
 */
export const ingest = (options: IngestOptions): Express =>
  httpApp({
    name: 'ingest',
    log: options.log,
    metrics: options.metrics,
    tracing: options.tracing,
    status: options.status,
    api: ingestDocs(options.topics),
    routes: (app) => {
      const json = express.json({ limit: bodyBytesMax, strict: false })
      const handlers = [admitted(options), asJson, json, taken(options)]
      serveOnly(app, 'post', '/:topic', ...handlers)
    },
  })

/** Lets callers with a token through to the topics that are open. */
function admitted({ topics, tokens }: IngestOptions): RequestHandler {
  const findCaller = callerOf(tokens)
  return (request, response, next) => {
    const caller = findCaller(request.get('authorization'))
    if (caller === undefined) {
      const headers = { 'www-authenticate': 'Bearer' }
      throw new Problem(401, 'a bearer token of this service is needed', { headers })
    }
    const topic = topics.find(({ name }) => name === request.params['topic'])
    if (!topic) throw new Problem(403, 'nothing can be sent to a topic of this name')
    Object.assign(response.locals, { caller, topic })
    next()
  }
}

const asJson: RequestHandler = (request, _response, next) => {
  if (request.is('application/json') === 'application/json') return next()
  if (request.is('*/*') === null) throw new Problem(400, 'the request has no body')
  throw new Problem(415, 'the body must be application/json')
}

const taken =
  ({ publisher, metrics, log }: IngestOptions) =>
  async (request: Request, response: Response): Promise<void> => {
    const { caller, topic } = response.locals as { caller: string; topic: AnyTopic }
    const event = counted(metrics, () => readEvent(topic, request.body))
    const event_id = String(event['event_id'])
    const passed = publisher.pass(topic, event, { 'correlation-id': event_id })
    const late = () => new TransientError('Kafka has not acknowledged the record in time')
    const { partition, offset } = await within(acknowledgedMsMax, passed, late)
    const place = { topic: topic.name, partition, offset }
    log.info({ request_id: requestIdOf(response), caller, ...place, event_id }, 'event taken')
    response.status(202).json(place)
  }

function counted<T>(metrics: IngestOptions['metrics'], read: () => T): T {
  try {
    return read()
  } catch (error) {
    metrics.errors.inc({ unit: 'ingest', origin: 'internal' })
    throw error instanceof InvalidValueError ? refusal(error) : error
  }
}

const refusal = ({ pointer, reason }: InvalidValueError): Problem =>
  new Problem(422, `${pointer === '' ? 'the event' : pointer} ${reason}`, {
    members: { pointer, reason },
  })
