import type { Request, Response } from 'express'
import { intermediaryOf, notOffered } from '#apps/payment-proxy/ask'
import { type Desk, report } from '#apps/payment-proxy/desk'
import { reported } from '#apps/payment-proxy/facts'
import { findPayment, type ServedPayment } from '#apps/payment-proxy/find-payment'
import { isVerified } from '#apps/payment-proxy/is-verified'
import { noteNotification } from '#apps/payment-proxy/note-notification'
import { paymentIdsIn, paymentIdsOf } from '#apps/payment-proxy/payment-ids'
import { Problem, tryLater } from '#apps/platform/problem'
import { RejectedError } from '#core/errors'
import type {
  Intermediary,
  IntermediaryConnector,
  Notification,
  ReportedSettlement,
} from '#ports/intermediary'
import { paymentIdOf } from '#schemas/values/iud'

/** Takes what the intermediary reports by itself: answers 200 only once every settlement is a fact. */
export async function notify(request: Request, desk: Desk, response: Response): Promise<void> {
  const startedAt = new Date()
  const notification = notificationOf(request)
  const ids = namedIn(notification, desk.connector)
  if (ids.length === 0) throw new Problem(422, 'the notification names no payment')
  const believed = await read(notification, ids, desk)
  const iuds = believed.settlements.map(({ iud }) => iud)
  noteNotification(desk, { request, response, iuds, startedAt })
  const taken = await take(believed, desk)
  const { answer } = desk.connector.notifications ?? {}
  if (!answer) return void response.json({ accepted: taken })
  const { status, type, body } = answer({ taken })
  response.status(status).type(type).send(body)
}

const namedIn = ({ body }: Notification, { notifications }: IntermediaryConnector) => {
  const named = notifications?.namedIn?.(body)
  return named ? paymentIdsOf(named) : paymentIdsIn(body)
}

/** Makes facts of all settlements that are of payments of ours, and then only refuses the others, for a next try. */
async function take({ named, settlements }: Read, desk: Desk): Promise<number> {
  const found = await Promise.allSettled(settlements.map((one) => paymentOf(one, named, desk)))
  for (const [i, one] of found.entries()) {
    if (one.status === 'fulfilled') {
      await report(desk, one.value, reported(settlements[i]!))
    }
  }
  for (const one of found) if (one.status === 'rejected') throw one.reason
  return settlements.length
}

interface Read {
  readonly named: ServedPayment
  readonly settlements: readonly ReportedSettlement[]
}

/**
 * The settlements, and the payment whose secret verified them. Names in the body only say whose secret to check it
 * with; until then nothing in it is believed. Notifications come in floods and need no more than a row that is
 * there; a secret changed a moment ago is seen the second time.
 */
async function read(notification: Notification, ids: readonly string[], desk: Desk): Promise<Read> {
  const wanted = { connector: desk.connector.name, ids }
  const readFor = (named: ServedPayment) => {
    const intermediary = intermediaryOf(desk, named)
    return { named, settlements: settlementsIn(intermediary, notification, desk) }
  }
  const known = await findPayment(desk.tables, { ...wanted, mayLag: true })
  // Whoever has no secret of ours must not be able to alarm anybody.
  if (!known) throw isVerified(desk, notification) ? unknown(desk, ids) : notSigned()
  try {
    return readFor(known)
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 401) throw error
    return readFor((await findPayment(desk.tables, wanted)) ?? known)
  }
}

const notificationOf = ({ headers, body }: Request): Notification => ({
  headers: Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value && String(value)]),
  ),
  body: Buffer.isBuffer(body) ? body.toString('utf8') : '',
})

function settlementsIn(
  intermediary: Intermediary,
  notification: Notification,
  { connector }: Desk,
): readonly ReportedSettlement[] {
  if (!intermediary.readNotification) throw notOffered(connector.name, 'notifications')
  try {
    return intermediary.readNotification(notification)
  } catch (error) {
    if (!(error instanceof RejectedError)) throw error
    if (error.code === 'bad-signature') throw notSigned()
    throw new Problem(422, error.message, { members: { code: error.code } })
  }
}

/** Problem 401, which the shell logs as a warning and counts by its status. */
const notSigned = (): Problem =>
  new Problem(401, 'the notification is not signed with a secret of ours', {
    members: { code: 'bad-signature' },
    headers: { 'www-authenticate': 'Signature' },
  })

async function paymentOf({ iud }: ReportedSettlement, named: ServedPayment, desk: Desk) {
  const id = paymentIdOf(iud)
  const connector = desk.connector.name
  const payment = id && (await findPayment(desk.tables, { connector, ids: [id], mayLag: true }))
  if (!payment) throw unknown(desk, id ? [id] : [])
  // A tenant's secret speaks for that tenant only.
  if (payment.row.tenant_id !== named.row.tenant_id) {
    throw new Problem(403, 'the notification speaks for a payment of another tenant')
  }
  return payment
}

/** Money has been paid for what is none of ours yet: who sends it must try again, and an operator must know. */
function unknown({ log, metrics, connector, requestId }: Desk, ids: readonly string[]): Problem {
  metrics.errors.inc({ unit: 'payment-proxy', origin: 'external' })
  log.error(
    { request_id: requestId, connector: connector.name, payment_ids: ids },
    'notification of an unknown payment',
  )
  const { headers } = tryLater('')
  return new Problem(404, `${connector.name} serves no payment of this notification`, { headers })
}
