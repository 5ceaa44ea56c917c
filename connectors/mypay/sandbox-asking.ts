import { creditor } from '#connectors/mypay/sandbox-creditor'
import {
  carried,
  openDocument,
  paidDocument,
  receiptDocument,
} from '#connectors/mypay/sandbox-documents'
import { centsOf, lateMs, unknownFaultCode } from '#connectors/mypay/sandbox-magic'
import { childOf, textAt } from '#soap/xml'
import { element, textElement } from '#soap/xml-writing'
import type { Outcome } from '#connectors/mypay/sandbox-answers'
import type { Debt, Register } from '#connectors/mypay/sandbox-register'
import type { Session, Sessions } from '#connectors/mypay/sandbox-sessions'
import type { Till } from '#connectors/mypay/sandbox-till'
import type { SoapRequest } from '#soap/endpoint'
import type { XmlElement } from '#soap/xml'

interface AskingOptions {
  readonly register: Register
  readonly sessions: Sessions
  readonly till: Till
  /** The code of the body. */
  readonly ipaCode: string
}

/** The operations that tell what became of dues. */
export interface Asking {
  /** `paaSILChiediPagati` and `paaSILChiediPagatiConRicevuta`. */
  paid(body: XmlElement, isWithReceipt: boolean): Outcome
  /** `paaSILChiediPosizioniAperte`: all of a person at once, there are no pages. */
  open(request: SoapRequest): Outcome
  /** `paaSILChiediStoricoPagamenti`. */
  history(body: XmlElement): Outcome
}

export const openAsking = ({ register, sessions, till, ipaCode }: AskingOptions): Asking => ({
  paid: (body, isWithReceipt) => {
    const session = textAt(body, 'idSession')
    const iuv = textAt(body, 'identificativoUnivocoVersamento')
    const iud = textAt(body, 'identificativoUnivocoDovuto')
    if (session !== undefined) {
      return ofSession(register, sessions, sessions.get(session), isWithReceipt)
    }
    const debt = iuv === undefined ? register.get(iud ?? '')?.debt : register.byIuv(iuv)
    if (!debt) return { faultCode: iuv === undefined ? 'PAA_IUD_NON_VALIDO' : 'PAA_IUV_NON_VALIDO' }
    if (debt.receipts.length > 0) return toldOf([debt], isWithReceipt)
    return ofOpenDue(debt, { sessions, till }, isWithReceipt)
  },
  open: ({ body, origin }) => ({
    members: debtsOf(register, body)
      .filter(({ receipts, isWithdrawn }) => receipts.length === 0 && !isWithdrawn)
      .map((debt) => {
        const cents = centsOf(debt.amount)
        const document = cents === '71' ? '<html></html>' : openDocument(debt)
        return element(
          'paaSILPosizioniAperte',
          textElement('codIpaEnte', cents === '70' ? 'C_ALTRO' : ipaCode),
          textElement('deNomeEnte', creditor.name),
          textElement('urlPagamento', sessions.pageOf(debt, origin)),
          textElement('dovuti', carried(document, debt, false)),
        )
      }),
  }),
  history: (body) => {
    const from = Date.parse(textAt(body, 'dataFrom') ?? '')
    const paid = debtsOf(register, body).filter(
      ({ receipts: [first] }) => first && Date.parse(first.paid_at) >= from,
    )
    return {
      members: [
        textElement('dateTo', new Date().toISOString()),
        ...paid.map((debt) =>
          element(
            'paaSILStoricoPagamenti',
            textElement('ctPagatiConRicevuta', documentOf([debt], 'PagatiConRicevuta')),
            textElement('rt', receiptOf(debt)),
          ),
        ),
      ],
    }
  },
})

/** The dues of the person that is asked about; MyPay does not mind how the tax code is spelled. */
const debtsOf = (register: Register, body: XmlElement): readonly Debt[] => {
  const person = childOf(body, 'identificativoUnivocoPersonaFG')
  const kind = person && textAt(person, 'tipoIdentificativoUnivoco')
  const taxCode = person && textAt(person, 'codiceIdentificativoUnivoco')
  return [...register.all()]
    .flatMap(({ debt }) => debt ?? [])
    .filter(
      ({ payer }) => payer.kind === kind && payer.taxCode.toUpperCase() === taxCode?.toUpperCase(),
    )
}

const ofOpenDue = (
  debt: Debt,
  { sessions, till }: Pick<AskingOptions, 'sessions' | 'till'>,
  isWithReceipt: boolean,
): Outcome => {
  if (debt.isWithdrawn) return { faultCode: 'PAA_PAGAMENTO_ANNULLATO' }
  switch (centsOf(debt.amount)) {
    case '55':
      return { faultCode: unknownFaultCode }
    case '66':
      return toldOf([debt], isWithReceipt)
    case '88':
      till.payLater(debt.dueId, lateMs)
      return { faultCode: 'PAA_PAGAMENTO_SCADUTO' }
    default: {
      const isStarted = sessions.isStarted(debt.dueId)
      return { faultCode: isStarted ? 'PAA_PAGAMENTO_IN_CORSO' : 'PAA_PAGAMENTO_NON_INIZIATO' }
    }
  }
}

const ofSession = (
  register: Register,
  sessions: Sessions,
  session: Session | undefined,
  isWithReceipt: boolean,
): Outcome => {
  if (!session) return { faultCode: 'PAA_ID_SESSION_NON_VALIDO' }
  const debts = session.dueIds.flatMap((dueId) => register.get(dueId)?.debt ?? [])
  if (debts.some(({ receipts }) => receipts.length > 0)) return toldOf(debts, isWithReceipt)
  if (session.state === 'abandoned') return { faultCode: 'PAA_PAGAMENTO_ANNULLATO' }
  if (sessions.isOver(session)) return { faultCode: 'PAA_PAGAMENTO_SCADUTO' }
  const isStarted = session.state === 'started'
  return { faultCode: isStarted ? 'PAA_PAGAMENTO_IN_CORSO' : 'PAA_PAGAMENTO_NON_INIZIATO' }
}

const toldOf = (debts: readonly Debt[], isWithReceipt: boolean): Outcome => {
  const [first] = debts
  const receipt = first && receiptOf(first)
  return {
    members: [
      textElement('pagati', documentOf(debts, isWithReceipt ? 'PagatiConRicevuta' : 'Pagati')),
      isWithReceipt ? textElement('rt', receipt) : undefined,
    ],
  }
}

const documentOf = (
  debts: readonly Debt[],
  name: 'Pagati' | 'PagatiConRicevuta',
): string | undefined => {
  const [first] = debts
  if (!first) return undefined
  const text = paidDocument(name, { debts, receipt: first.receipts[0], mayLie: true })
  return carried(text, first, true)
}

// The receipt is encoded once, whatever the document beside it is.
const receiptOf = (debt: Debt): string | undefined => {
  const [receipt] = debt.receipts
  return receipt && Buffer.from(receiptDocument(debt, receipt), 'utf8').toString('base64')
}
