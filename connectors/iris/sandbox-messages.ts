import { element, textElement } from '#soap/xml-writing'
import { headerNamespace, outcomeNamespace, proxyNamespace } from '#connectors/iris/names'
import { formatDateTime } from '#schemas/values/date-time'

/** Somebody who sends or receives messages. */
export interface Party {
  readonly id: string
  readonly system: string
}

/** The fictional IRIS. */
export const itself: Party = { id: 'iris', system: 'SIL_iris_ITR' }

/** What stands on top of a message of IRIS to a body. */
export const headerElement = (service: string, msgId: string, to: Party): string => {
  const at = formatDateTime(new Date())
  return element(
    `h:IdpHeader xmlns:h="${headerNamespace}"`,
    element(
      'h:TRT',
      textElement('h:ServiceName', service),
      textElement('h:MsgId', msgId),
      textElement('h:XMLCrtDt', at),
      party('Sender', ['SenderId', 'SenderSys'], itself),
      party('Receiver', ['ReceiverId', 'ReceiverSys'], to),
    ),
    element(
      'h:E2E',
      textElement('h:E2ESrvcNm', service),
      textElement('h:E2EMsgId', msgId),
      textElement('h:XMLCrtDt', at),
      party('Sender', ['E2ESndrId', 'E2ESndrSys'], itself),
      party('Receiver', ['E2ERcvrId', 'E2ERcvrSys'], to),
    ),
  )
}

const party = (role: string, [id, system]: readonly [string, string], of: Party): string =>
  element(`h:${role}`, textElement(`h:${id}`, of.id), textElement(`h:${system}`, of.system))

const version = 'Versione="01.03-02"'

/** What a pendency that was told comes to: well, with a page to pay at or without, or set aside with a code. */
export type Outcome =
  | { readonly session?: { readonly token: string; readonly url: string } | undefined }
  | { readonly iud: string; readonly code: string }

/** The answer to a pendency that was told. */
export const esitoOtf = (outcome: Outcome, msgId: string, to: Party): string =>
  element(
    `p:IdpAllineamentoPendenzeEnteOTF.Esito xmlns:p="${proxyNamespace}"`,
    element(
      `e:IdpEsitoOTF ${version} xmlns:e="${outcomeNamespace}"`,
      headerElement('IdpAllineamentoPendenze', msgId, to),
      'session' in outcome && outcome.session
        ? element(
            `e:IdpOTF ${version}`,
            textElement('e:IdSessioneGW', outcome.session.token),
            textElement('e:UrlGW', outcome.session.url),
          )
        : undefined,
      element('e:IdpBody', ...('code' in outcome ? setAside(outcome) : well())),
    ),
  )

const well = (): readonly string[] => [
  element('e:InfoMessaggio', textElement('e:Stato', 'Elaborato Correttamente')),
]

const setAside = ({ iud, code }: { iud: string; code: string }): readonly string[] => [
  element('e:InfoMessaggio', textElement('e:Stato', 'Elaborato con Errori')),
  element(
    'e:InfoDettaglio',
    element(
      'e:Dettaglio',
      textElement('e:Id', iud),
      textElement('e:Stato', 'Scartato'),
      element(
        'e:Esiti',
        element('e:Esito', textElement('e:Codice', code), textElement('e:Descrizione', 'SANDBOX')),
      ),
    ),
  ),
]

/** The answer to what became of payments. */
export const esitoVerifica = (payments: readonly string[], msgId: string, to: Party): string =>
  element(
    `p:IdpVerificaStatoPagamenti.Esito xmlns:p="${proxyNamespace}"`,
    element(
      `e:IdpEsitoVerifica ${version} xmlns:e="${outcomeNamespace}"`,
      headerElement('IdpInformativaPagamento', msgId, to),
      element('e:IdpBody', ...payments),
    ),
  )
