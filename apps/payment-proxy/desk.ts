import type { Response } from 'express'
import {
  findPayment,
  type PaymentTables,
  type ServedPayment,
  type Wanted,
} from '#apps/payment-proxy/find-payment'
import type { Happening } from '#apps/payment-proxy/facts'
import type { RefusedPages } from '#apps/payment-proxy/refused-pages'
import { within } from '#apps/platform/deadline'
import { Problem } from '#apps/platform/problem'
import { TransientError } from '#core/errors'
import type { Log } from '#core/log'
import type { Metrics } from '#core/metrics'
import type { Publisher } from '#core/publisher'
import type { IntermediaryConnector } from '#ports/intermediary'
import type { Renderer } from '#ports/rendering'
import { paymentFacts } from '#schemas/topics'
import type { NotesOf } from '#streams/payments/noted-intermediary'
import { formatDateTime } from '#schemas/values/date-time'

/** What the routes of a proxy work with. */
export interface PaymentProxyPorts {
  readonly tables: PaymentTables
  readonly publisher: Pick<Publisher, 'publish'>
  readonly metrics: Pick<Metrics, 'registry' | 'errors'>
  readonly log: Log
  /** Absent: nothing is noted. */
  readonly notesOf?: NotesOf | undefined
}

/** One request to one connector's routes. */
export interface Desk extends PaymentProxyPorts {
  readonly connector: IntermediaryConnector
  readonly requestId: string
  /** Where payers may be sent whose public body lists no hosts itself. */
  readonly allowedHosts: readonly string[]
  readonly refusedPages: RefusedPages
  /** Draws what an intermediary does not. */
  readonly renderer: Renderer
}

/** A GET under `/<connector>` that ends in `/:id`; the id is a UUID in lower case. */
export interface PaymentRoute {
  readonly paths: readonly string[]
  readonly answer: (id: string, desk: Desk, response: Response) => Promise<void>
}

const acknowledgedMsMax = 5_000

/** The payment, waited for as findPayment does; Problem 404 where the connector serves none by this id. */
export async function paymentAt(
  { tables, connector: { name } }: Desk,
  id: string,
  wanted: Pick<Wanted, 'isAwaited' | 'mayLag'> = {},
): Promise<ServedPayment> {
  const found = await findPayment(tables, { connector: name, ids: [id], ...wanted })
  if (found) return found
  throw new Problem(404, `${name} serves no payment ${id}`)
}

/** Writes a fact of the payment; resolves once Kafka has it. TransientError where it may not have it. */
export async function report(
  { publisher, log, connector, requestId }: Desk,
  { row, story }: Pick<ServedPayment, 'row' | 'story'>,
  happening: Happening,
): Promise<void> {
  const { id, tenant_id, service_id, remote_id } = row
  const fact = { ...happening, payment_id: id, occurred_at: formatDateTime(new Date()) }
  const written = publisher.publish(paymentFacts, fact, { 'correlation-id': id, ...story })
  const late = () => new TransientError('Kafka has not acknowledged the record in time')
  await within(acknowledgedMsMax, written, late)
  log.info(
    {
      request_id: requestId,
      connector: connector.name,
      payment_id: id,
      remote_id,
      tenant_id,
      service_id,
      fact: happening.type,
    },
    'fact written',
  )
}

/** Sends a document to be shown in the browser; `name` becomes its file name. */
export function sendPdf(response: Response, name: string, bytes: Uint8Array): void {
  response.type('application/pdf').set('content-disposition', `inline; filename="${name}.pdf"`)
  response.send(Buffer.from(bytes))
}
