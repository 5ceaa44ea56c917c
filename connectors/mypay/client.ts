import { fileURLToPath } from 'node:url'
import { History, Import, judged, Open, Paid, Session, told } from '#connectors/mypay/answers'
import { dovutiDocument, versamentoDocument } from '#connectors/mypay/documents'
import { soapClient } from '#soap/client'
import { documentText } from '#connectors/mypay/document-reading'
import { readDovuti } from '#connectors/mypay/open-documents'
import { readPagati } from '#connectors/mypay/paid-documents'
import { XmlError } from '#soap/xml'
import { element, textElement } from '#soap/xml-writing'
import { TransientError } from '#core/errors'
import type { Answer, Risposta } from '#connectors/mypay/answers'
import type { MypayTenant } from '#connectors/mypay/config'
import type { Azione, Dovuti, Person, Versamento } from '#connectors/mypay/documents'
import type { OpenDovuti } from '#connectors/mypay/open-documents'
import type { Pagati } from '#connectors/mypay/paid-documents'
import type { z } from 'zod'

/** The namespace of what stands in MyPay's messages; members of them have none. */
export const messageNamespace = 'http://www.regione.veneto.it/pagamenti/ente/'
/** The namespace of the header that names the body. */
export const headerNamespace = 'http://www.regione.veneto.it/pagamenti/ente/ppthead'

/** What was told of an attempt to pay; the receipt is pagoPA's, XML, where one came that can be read. */
export interface PaidDues {
  readonly pagati: Pagati
  readonly receipt: string | undefined
}

/** Dues of somebody that are not paid yet, as MyPay lists them. */
export interface OpenPosition {
  /** The body they are owed to. */
  readonly codIpaEnte: string
  /** A page to pay them at; undefined where none was told. */
  readonly urlPagamento?: string | undefined
  readonly dovuti: OpenDovuti
}

/** By what a due is asked for: one of the three. */
export type DueKey =
  | { readonly idSession: string }
  | { readonly identificativoUnivocoVersamento: string }
  | { readonly identificativoUnivocoDovuto: string }

/**
 * One function per operation, in MyPay's own words; amounts and numbers are text. Throws only TransientError: no
 * answer, a page, a SOAP fault, or an answer that says something else than its description lets it say.
 */
export const mypayClient = ({ base_url, ipa_code, password, timeout_ms }: MypayTenant) => {
  const invoke = invokerOf({ base_url, ipa_code, timeout_ms })
  const inHeader = (members: object) => ({ password, ...members })
  const inBody = (members: object) => ({ codIpaEnte: ipa_code, password, ...members })
  const ofPerson = (person: Person, members: object) => ({
    password,
    codIpaEnte: ipa_code,
    identificativoUnivocoPersonaFG: person,
    ...members,
  })

  return {
    importaDovuto: (due: Versamento, azione: Azione, signal?: AbortSignal) => {
      const dovuto = versamentoDocument(due, azione)
      const members = inHeader({ dovuto, flagGeneraIuv: false })
      return invoke('paaSILImportaDovuto', members, Import, signal)
    },
    inviaDovuti: (dues: Dovuti, returnUrl?: string, signal?: AbortSignal) => {
      const dovuti = dovutiDocument(dues)
      const members = inHeader({ dovuti, enteSILInviaRispostaPagamentoUrl: returnUrl })
      return invoke('paaSILInviaDovuti', members, Session, signal)
    },
    verificaAvviso: (iuv: string, returnUrl?: string, signal?: AbortSignal) => {
      const members = inHeader({
        identificativoUnivocoVersamento: iuv,
        enteSILInviaRispostaPagamentoUrl: returnUrl,
      })
      return invoke('paaSILVerificaAvviso', members, Session, signal)
    },
    chiediPagati: async (idSession: string, signal?: AbortSignal) =>
      paidDues(await invoke('paaSILChiediPagati', inBody({ idSession }), Paid, signal)),
    chiediPagatiConRicevuta: async (key: DueKey, signal?: AbortSignal) =>
      paidDues(await invoke('paaSILChiediPagatiConRicevuta', inBody(key), Paid, signal)),
    /** All that a person owes the body and can pay, whoever put it in; MyPay has no pages of it. */
    chiediPosizioniAperte: async (person: Person, signal?: AbortSignal) => {
      const members = ofPerson(person, {})
      const answer = await invoke('paaSILChiediPosizioniAperte', members, Open, signal)
      return told(answer, ({ paaSILPosizioniAperte }) =>
        paaSILPosizioniAperte.map(({ dovuti, ...position }): OpenPosition => ({
          ...position,
          dovuti: legible('open dues', () => readDovuti(dovuti)),
        })),
      )
    },
    /** All that a person paid to the body since `from`. */
    chiediStoricoPagamenti: async (person: Person, from: Date, signal?: AbortSignal) => {
      const members = ofPerson(person, { dataFrom: from.toISOString() })
      const answer = await invoke('paaSILChiediStoricoPagamenti', members, History, signal)
      return told(answer, ({ paaSILStoricoPagamenti }) =>
        paaSILStoricoPagamenti.map(({ ctPagatiConRicevuta, rt }) =>
          duesOf(ctPagatiConRicevuta, rt),
        ),
      )
    },
  }
}

const paidDues = (answer: Answer<z.infer<typeof Paid>>): Answer<PaidDues> =>
  told(answer, ({ pagati, rt }) => duesOf(pagati, rt))

const duesOf = (pagati: string, rt: string | null | undefined): PaidDues => ({
  pagati: legible('paid dues', () => readPagati(pagati)),
  receipt: receiptOf(rt),
})

const legible = <Document>(what: string, read: () => Document): Document => {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof XmlError)) throw error
    throw new TransientError(`mypay told of ${what} in a document that ${error.message}`)
  }
}

// It says when, to the second, and nothing besides that is not said elsewhere: without it the day is known.
const receiptOf = (rt: string | null | undefined): string | undefined => {
  try {
    return rt ? documentText(rt) : undefined
  } catch {
    return undefined
  }
}

const wsdlFile = fileURLToPath(new URL('./pagamenti-telematici.wsdl', import.meta.url))

// Where the body is named in the header, not in the message.
const namedInHeader = ['paaSILImportaDovuto', 'paaSILInviaDovuti', 'paaSILVerificaAvviso']

type Reached = Pick<MypayTenant, 'base_url' | 'ipa_code' | 'timeout_ms'>

const invokerOf = ({ base_url, ipa_code, timeout_ms }: Reached) => {
  const header = element(
    `ppthead:intestazionePPT xmlns:ppthead="${headerNamespace}"`,
    textElement('codIpaEnte', ipa_code),
  )
  const call = soapClient({
    party: 'mypay',
    wsdlFile,
    url: base_url,
    timeout_ms,
    headerOf: (operation) => (namedInHeader.includes(operation) ? header : undefined),
  })

  return async <Answered extends z.infer<typeof Risposta>>(
    operation: string,
    members: object,
    schema: z.ZodType<Answered>,
    signal?: AbortSignal,
  ): Promise<Answer<Answered>> => {
    const awaited = { name: `${operation}Risposta`, namespace: messageNamespace }
    return judged(schema, await call(operation, members, { awaited, signal }))
  }
}
