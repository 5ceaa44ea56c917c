import { answerOf } from '#connectors/mypay/sandbox-answers'
import { openAsking } from '#connectors/mypay/sandbox-asking'
import { importDue } from '#connectors/mypay/sandbox-import'
import { says } from '#connectors/mypay/sandbox-pages'
import { askingOf, messageCheck } from '#connectors/mypay/sandbox-requests'
import { soapEndpoint } from '#soap/endpoint'
import { XmlError } from '#soap/xml'
import type { Played } from '#connectors/mypay/sandbox-import'
import type { Register } from '#connectors/mypay/sandbox-register'
import type { Sessions } from '#connectors/mypay/sandbox-sessions'
import type { Till } from '#connectors/mypay/sandbox-till'
import type { SoapRequest } from '#soap/endpoint'
import type { RequestHandler } from 'express'

/** The public body as MyPay knows it. */
export interface Body {
  readonly ipa_code: string
  readonly password: string
}

interface SoapOptions {
  readonly register: Register
  readonly sessions: Sessions
  readonly till: Till
  readonly known: Body
}

type Operation = (request: SoapRequest) => Played | Promise<Played>

/** The operations, each for whoever is the body. */
export const mypayEndpoint = (options: SoapOptions): RequestHandler[] => {
  const operations = operationsOf(options)
  const { known } = options
  return soapEndpoint({
    check: messageCheck,
    says,
    play: async (request) => {
      const { name } = request.body
      const operation = operations.get(name)
      if (!operation) throw new XmlError('asks for an operation that is not played here')
      const { ipaCode, password } = askingOf(request)
      const isKnown = ipaCode === known.ipa_code && password === known.password
      const { outcome, trouble } = isKnown ? await operation(request) : nobody(name)
      return { body: answerOf(name, outcome, known.ipa_code), trouble }
    },
  })
}

const nobody = (operation: string): Played => {
  const isChange = !operation.startsWith('paaSILChiedi')
  return { outcome: { faultCode: 'PAA_ENTE_NON_VALIDO', isKo: isChange } }
}

const operationsOf = ({ register, sessions, till, known }: SoapOptions): Map<string, Operation> => {
  const asking = openAsking({ register, sessions, till, ipaCode: known.ipa_code })
  return new Map<string, Operation>([
    ['paaSILImportaDovuto', importDue(register, till)],
    ['paaSILInviaDovuti', ({ body, origin }) => sessions.sendDues(body, origin)],
    ['paaSILVerificaAvviso', ({ body, origin }) => ({ outcome: sessions.payNotice(body, origin) })],
    ['paaSILChiediPagati', ({ body }) => ({ outcome: asking.paid(body, false) })],
    ['paaSILChiediPagatiConRicevuta', ({ body }) => ({ outcome: asking.paid(body, true) })],
    ['paaSILChiediPosizioniAperte', (request) => ({ outcome: asking.open(request) })],
    ['paaSILChiediStoricoPagamenti', ({ body }) => ({ outcome: asking.history(body) })],
  ])
}
