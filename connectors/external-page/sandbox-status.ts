import { setTimeout as delay } from 'node:timers/promises'
import { faultOf, lateMs, slowMs } from '#connectors/external-page/sandbox-magic'
import { refuse } from '#sandboxes/refusal'
import { stateOf, statusOf } from '#connectors/external-page/sandbox-register'
import { queryOf, readSigned } from '#connectors/external-page/sandbox-signature'
import type { Fault } from '#connectors/external-page/sandbox-magic'
import type { Register } from '#connectors/external-page/sandbox-register'
import type { Till } from '#connectors/external-page/sandbox-till'
import type { RequestHandler, Response } from 'express'

/** GET /status: what the page knows of a payment, for whoever signs with the secret. */
export const paymentStatus =
  (register: Register, till: Till, secret: string): RequestHandler =>
  async (request, response) => {
    const read = readSigned('status', queryOf(request), secret)
    if (read === 'forged') return refuse(response, 403, 'bad-signature')
    if (read === 'over') return refuse(response, 403, 'signed-too-long-ago')
    const known = register.get(read.get('iud') ?? '')
    if (!known) return refuse(response, 404, 'unknown-payment')
    const entry = register.put({ ...known, status_requests: known.status_requests + 1 })
    const fault = faultOf(entry.asked.amount, entry.status_requests)
    if (fault && endsBadly(fault, response)) return
    if (fault?.kind === 'slow') await delay(slowMs)
    if (stateOf(entry) === 'EXPIRED') till.payLater(entry.iud, lateMs)
    response.json(statusOf(register.get(entry.iud) ?? entry))
  }

const endsBadly = (fault: Fault, response: Response): boolean => {
  if (fault.kind === 'status') {
    if (fault.status === 429) response.set('retry-after', '1')
    refuse(response, fault.status, fault.error)
  }
  if (fault.kind === 'html') {
    response.type('html').send('<!doctype html><title>SANDBOX</title><p>SANDBOX: down for a while')
  }
  return fault.kind !== 'slow'
}
