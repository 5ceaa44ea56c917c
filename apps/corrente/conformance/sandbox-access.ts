import { UsageError } from '#apps/corrente/command'
import type { Json } from '#apps/corrente/conformance/observed'
import type { DueNumbers, IntermediaryAccess } from '#apps/corrente/conformance/plan'
import { textAt } from '#apps/corrente/conformance/read-event'
import { ask } from '#apps/corrente/conformance/web'
import { intermediaries } from '#connectors/index'
import { RejectedError } from '#core/errors'
import type { Configuration, Intermediary, IntermediaryConnector } from '#ports/intermediary'
import { codecOf } from '#schemas/codec'
import { normalisePayment } from '#schemas/payments/normalise'
import { completePayment } from '#streams/payments/complete-payment'

/**
 * What the kit can do at the sandbox of an intermediary of ours, by the forms of the body that is tried out: pay as at a
 * counter, open a debt by the connector, find the way back on the page to pay at, tell what it does not give. UsageError
 * where there is no such intermediary, or the forms are not of it.
 */
export function sandboxAccess(name: string, forms: Configuration): IntermediaryAccess {
  const connector = intermediaries.find((one) => one.name === name)
  if (connector) return accessBy(connector, forms)
  const names = intermediaries.map((one) => one.name).join(', ')
  throw new UsageError(`--intermediary ${name}: it is one of ${names}`)
}

function accessBy(connector: IntermediaryConnector, forms: Configuration): IntermediaryAccess {
  const { name } = connector
  const { intermediary, url } = reached(connector, forms)
  // What it does not say the service's configuration does, as of those that are created by a proxy.
  const requestOf = (payment: Json) =>
    connector.composeOpening(completePayment(paymentIn(payment), forms.service), forms)
  return {
    ...(url === undefined ? {} : { pay: (payment, signal) => paidAt(url, payment, signal) }),
    landingUrl: (_payment, payPage, signal) => wayBackOn(payPage, signal),
    lacks: {
      ...(intermediary.fetchNotice ? {} : { notice: `${name} gives no notice` }),
      ...(intermediary.fetchReceipt ? {} : { receipt: `${name} gives no receipt` }),
    },

    async openDue(payment, signal) {
      const landing = textAt(payment, 'links', 'online_payment_landing', 'url') ?? ''
      // Nobody is to be notified of it.
      const addresses = { landing, notify: 'http://127.0.0.1:9/' }
      const numbers = await intermediary.openDebtPosition(requestOf(payment), addresses, signal)
      if (isNumbered(numbers)) return numbers
      throw new Error(`${name} opens none`)
    },

    async whyUnnumbered(payment, signal) {
      const found = await intermediary.findDebtPosition(requestOf(payment), signal)
      return found && !isNumbered(found) ? `${name} gives no numbers to pay by` : undefined
    },
  }
}

interface Reached {
  readonly intermediary: Intermediary
  /** Where it is; undefined where its connector does not tell. */
  readonly url: string | undefined
}

function reached(connector: IntermediaryConnector, forms: Configuration): Reached {
  try {
    return { intermediary: connector.connect(forms), url: connector.probe?.(forms).url }
  } catch (error) {
    if (!(error instanceof RejectedError)) throw error
    const how = 'say what administrators type by --tenant-config and --service-config'
    throw new UsageError(`--intermediary ${connector.name}: ${error.message}: ${how}`)
  }
}

const paymentIn = (payment: Json) =>
  codecOf('corrente.payments.Payment').fromJson(normalisePayment(payment))

const isNumbered = ({ notice_code, iuv }: DueNumbers): boolean => (notice_code ?? iuv) !== null

/** Every sandbox has this counter at its root. */
async function paidAt(url: string, payment: Json, signal: AbortSignal): Promise<void> {
  const counter = new URL(`/pay-now/${textAt(payment, 'payment', 'iud')}`, url).href
  const paid = await ask({ method: 'POST', url: counter }, signal)
  if ('status' in paid && paid.status === 200) return
  throw new Error(`${paid.asked}: ${'status' in paid ? paid.status : paid.error}`)
}

/** Every page of a sandbox to pay at has this link. */
async function wayBackOn(payPage: string, signal: AbortSignal): Promise<string | undefined> {
  const page = await ask({ url: payPage }, signal)
  const body = 'status' in page ? page.body : ''
  const [, back] = /<a href="([^"]+)">Go back/.exec(body) ?? []
  return back?.replace(/&#(\d+);/g, (_whole, code) => String.fromCharCode(Number(code)))
}
