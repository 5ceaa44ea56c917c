import { envelopeOf, envelopeNamespace } from '#soap/envelope'
import { element, textElement } from '#soap/xml-writing'
import { outcomeNamespace, proxyNamespace } from '#connectors/iris/names'
import type { NotificationAnswer, NotificationResult } from '#ports/intermediary'

const type = 'text/xml; charset=utf-8'

/**
 * What IRIS is answered when it has told of payments: that the message was taken, or a SOAP fault. It tries again after
 * a fault. HTTP 401 stays what it is: it is no word of SOAP.
 */
export const answer = (result: NotificationResult): NotificationAnswer => {
  if ('taken' in result) return { status: 200, type, body: taken() }
  const { status, detail } = result.refused
  return { status: status === 401 ? 401 : 500, type, body: fault(status, detail) }
}

// infoMessaggio has no namespace, what stands in it has.
const taken = (): string =>
  envelopeOf(
    element(
      `p:IdpInformativaPagamentoResponse xmlns:p="${proxyNamespace}"`,
      element(
        `infoMessaggio xmlns:e="${outcomeNamespace}"`,
        textElement('e:Stato', 'Elaborato Correttamente'),
      ),
    ),
  )

const fault = (status: number, detail: string): string => {
  // What is not theirs to mend, and may be well a moment later.
  const whose = status === 404 || status >= 500 ? 'Server' : 'Client'
  return envelopeOf(
    element(
      `s:Fault xmlns:s="${envelopeNamespace}"`,
      textElement('faultcode', `s:${whose}`),
      textElement('faultstring', detail),
    ),
  )
}
