import type { Express, RequestHandler } from 'express'
import { assertSpeaksFor } from '#apps/payment-proxy/configuration/bearer'
import { allowOrigins } from '#apps/payment-proxy/configuration/cors'
import type { ConfigurationAccess } from '#apps/payment-proxy/configuration/desk'
import { type Desk, paymentAt, report } from '#apps/payment-proxy/desk'
import { isOpened } from '#apps/payment-proxy/find-payment'
import { idOf } from '#apps/payment-proxy/path-id'
import { requestIdOf, serveMethods } from '#apps/platform/http-answers'
import { Problem } from '#apps/platform/problem'
import type { IntermediaryConnector } from '#ports/intermediary'

interface Mounting {
  readonly connector: IntermediaryConnector
  readonly access: ConfigurationAccess
  readonly deskOf: (requestId: string) => Desk
}

/**
 * `POST /<connector>/retry/:id`, for who speaks for the public body: asks that a failed creation is tried again, 202.
 * The payment that takes its place has the same `remote_id`; asked twice, it is one. Problem 409 in any other state;
 * whether it is too late is decided behind this, and told as an anomaly.
 */
export function mountRetry(app: Express, { connector, access, deskOf }: Mounting): void {
  const answer: RequestHandler = async (request, response) => {
    const id = idOf(request.params['id'])
    const desk = deskOf(requestIdOf(response))
    const bearer = await access.readBearer(request.get('authorization'))
    const payment = await paymentAt(desk, id, { isAwaited: isOpened })
    const { tenant_id, remote_id, status } = payment.row
    assertSpeaksFor(bearer, tenant_id)
    if (status !== 'CREATION_FAILED') {
      throw new Problem(409, `the payment is ${status}; only a failed creation is tried again`)
    }
    await report(desk, payment, { type: 'RetryRequested' })
    response.status(202).json({ id, remote_id, status })
  }
  const path = `/${connector.name}/retry/:id`
  serveMethods(app, path, { post: [answer] }, [allowOrigins(access.origins, ['POST'])])
}
