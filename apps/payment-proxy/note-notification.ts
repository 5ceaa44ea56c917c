import type { Request, Response } from 'express'
import type { Desk } from '#apps/payment-proxy/desk'
import { paymentIdsOf } from '#apps/payment-proxy/payment-ids'

/** A notification that is believed, on its way to its answer. */
interface Believed {
  readonly request: Request
  readonly response: Response
  /** The payments it tells of. */
  readonly iuds: readonly string[]
  readonly startedAt: Date
}

/** Notes it for each of its payments, once it is answered. What nobody of ours signed is noted of no payment. */
export function noteNotification(
  { connector, notesOf }: Pick<Desk, 'connector' | 'notesOf'>,
  { request, response, iuds, startedAt }: Believed,
): void {
  if (!notesOf) return
  response.once('finish', () => {
    const { method, path, body } = request as { method: string; path: string; body: unknown }
    const exchange = {
      direction: 'in',
      method,
      url: `http://payment-proxy${path}`,
      startedAt,
      ms: Date.now() - startedAt.getTime(),
      status: response.statusCode,
      error: undefined,
      request: Buffer.isBuffer(body)
        ? { type: request.get('content-type'), bytes: body }
        : undefined,
      response: undefined,
    } as const
    for (const payment_id of paymentIdsOf(iuds)) {
      notesOf({ payment_id, connector: connector.name })(exchange)
    }
  })
}
