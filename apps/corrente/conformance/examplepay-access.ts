import type { Json } from '#apps/corrente/conformance/observed'
import type { IntermediaryAccess } from '#apps/corrente/conformance/plan'
import { textAt } from '#apps/corrente/conformance/read-event'
import { ask } from '#apps/corrente/conformance/web'
import { examplepay } from '#connectors/examplepay/index'
import { codecOf } from '#schemas/codec'
import { normalisePayment } from '#schemas/payments/normalise'

/** The two forms of a body at examplepay. */
export interface ExamplepayForms {
  readonly tenant: Json
  readonly service: Json
}

/**
 * What the kit can do at the sandbox of examplepay, by the forms of the body that is tried out: pay as at a counter,
 * open a debt by the connector, find the way back on the page to pay at.
 */
export function examplepayAccess(forms: ExamplepayForms): Required<IntermediaryAccess> {
  return {
    async pay(payment, signal) {
      const iud = textAt(payment, 'payment', 'iud')
      const url = `${String(forms.tenant['base_url'])}/pay-now/${iud}`
      const paid = await ask({ method: 'POST', url }, signal)
      if ('status' in paid && paid.status === 200) return
      throw new Error(`${paid.asked}: ${'status' in paid ? paid.status : paid.error}`)
    },

    async openDue(payment, signal) {
      const value = codecOf('corrente.payments.Payment').fromJson(normalisePayment(payment))
      const request = examplepay.composeOpening(value, forms)
      const landing = textAt(payment, 'links', 'online_payment_landing', 'url') ?? ''
      // Nobody is to be notified of it.
      const addresses = { landing, notify: 'http://127.0.0.1:9/' }
      return examplepay.connect(forms).openDebtPosition(request, addresses, signal)
    },

    async landingUrl(_payment, payPage, signal) {
      const page = await ask({ url: payPage }, signal)
      const body = 'status' in page ? page.body : ''
      const [, back] = /<a href="([^"]+)">Go back/.exec(body) ?? []
      return back?.replace(/&#(\d+);/g, (_whole, code) => String.fromCharCode(Number(code)))
    },
  }
}
