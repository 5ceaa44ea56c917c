import { fileURLToPath } from 'node:url'
import { soapClient } from '#soap/client'
import { SoapFaultError } from '#soap/exchange'
import {
  assertForUs,
  Avviso,
  esitoIn,
  EsitoOTF,
  EsitoVerifica,
  readAs,
} from '#connectors/iris/answers'
import { identityOf } from '#connectors/iris/config'
import { messageHeader, newMsgId } from '#connectors/iris/header'
import { noticeNamespace, proxyNamespace } from '#connectors/iris/names'
import { TransientError } from '#core/errors'
import type { Esito, InformazioniPagamento } from '#connectors/iris/answers'
import type { IrisTenant } from '#connectors/iris/config'
import type { Pendenza } from '#connectors/iris/pendenza'
import type { SoapCall } from '#soap/client'

/** Where the payer comes back to, from a page of IRIS that is asked for along with a pendency. */
export interface Otf {
  readonly URL_BACK: string
  readonly URL_CANCEL: string
}

/** How a pendency is told: by a message of this id, which IRIS takes once; with a page to pay at, or without. */
export interface Telling {
  readonly operation?: 'Insert' | 'Delete'
  readonly msgId?: string
  readonly otf?: Otf
}

const party = 'iris'
const wsdlFile = (name: string) => fileURLToPath(new URL(`./${name}`, import.meta.url))
const inProxy = (name: string) => ({ name, namespace: proxyNamespace })

/**
 * One function per operation, in the words of IRIS; amounts, times and numbers are text. Throws only TransientError: no
 * answer, a page, a SOAP fault, or an answer that is for another body or says what its description does not let it say.
 */
export const irisClient = (tenant: IrisTenant) => {
  const { positions_url, status_url } = tenant
  return {
    allineaPendenza: pendencies(asking(tenant, positions_url, 'iris.wsdl'), tenant),
    verificaStato: states(asking(tenant, status_url, 'iris.wsdl'), tenant),
    /** At an address of its own, which a body may not have. */
    generaAvviso: (url: string, payment: NoticedPayment, signal?: AbortSignal) =>
      notice(asking(tenant, url, 'generazione-avvisi.wsdl'), payment, signal),
  }
}

const asking = (tenant: IrisTenant, url: string, file: string): SoapCall => {
  const { username, password, timeout_ms } = tenant
  const basic = Buffer.from(`${username}:${password}`, 'utf8').toString('base64')
  const headers = { authorization: `Basic ${basic}` }
  const identity = identityOf(tenant)
  return soapClient({ party, url, timeout_ms, identity, wsdlFile: wsdlFile(file), headers })
}

/** `IdpAllineamentoPendenzeEnteOTF`. */
const pendencies =
  (call: SoapCall, tenant: IrisTenant) =>
  async (
    pendenza: Pendenza,
    { operation = 'Insert', msgId = newMsgId(), otf }: Telling,
    signal?: AbortSignal,
  ): Promise<Esito> => {
    const IdpAllineamentoPendenzeOTF = {
      attributes: { Versione: tenant.version },
      IdpHeader: messageHeader(tenant, 'IdpAllineamentoPendenze', msgId),
      IdpOTF: otf && { ...otf, OFFLINE_PAYMENT_METHODS: 'false' },
      IdpBody: { Pendenza: toldBy(operation, pendenza) },
    }
    const awaited = inProxy('IdpAllineamentoPendenzeEnteOTF.Esito')
    const members = { IdpAllineamentoPendenzeOTF }
    const answer = call('IdpAllineamentoPendenzeEnteOTF', members, { awaited, signal })
    const told = await answer.catch(duplicateOrThrow)
    if (told === duplicate) return { kind: 'duplicate' }
    return esitoIn(readAs(EsitoOTF, told).IdpEsitoOTF, tenant, pendenza.IdPendenza)
  }

/** `IdpVerificaStatoPagamenti` of one payment, in detail: the short form calls money on its way "not present". */
const states =
  (call: SoapCall, tenant: IrisTenant) =>
  async (
    IdPagamento: string,
    TipoPendenza: string,
    signal?: AbortSignal,
  ): Promise<InformazioniPagamento> => {
    const IdpVerificaStatoPagamento = {
      attributes: { Versione: tenant.version },
      IdpHeader: messageHeader(tenant, 'IdpInformativaPagamento', newMsgId()),
      IdpBody: {
        IdPagamento: { attributes: { TipoPendenza }, $value: IdPagamento },
        richiestaInformazioniPagamento: 'true',
      },
    }
    const awaited = inProxy('IdpVerificaStatoPagamenti.Esito')
    const members = { IdpVerificaStatoPagamento }
    const told = await call('IdpVerificaStatoPagamenti', members, { awaited, signal })
    const { IdpHeader, IdpBody } = readAs(EsitoVerifica, told).IdpEsitoVerifica
    assertForUs(IdpHeader, tenant)
    const found = IdpBody.InformazioniPagamento.find((one) => one.IdPagamento === IdPagamento)
    if (found && !IdpBody.Esito) return found
    throw new TransientError('iris does not tell what it was asked for')
  }

interface NoticedPayment {
  /** The tax code of the body. */
  readonly IdentificativoDominio: string
  readonly IdentificativoUnivocoVersamento: string
}

/** `GeneraAvviso`: the notice as a PDF. */
const notice = async (
  call: SoapCall,
  payment: NoticedPayment,
  signal?: AbortSignal,
): Promise<Uint8Array> => {
  const awaited = { name: 'GeneraAvvisoResponse', namespace: noticeNamespace }
  const told = await call('GeneraAvviso', payment, { awaited, signal })
  const { Fault, Body } = readAs(Avviso, told)
  const pdf = Buffer.from(Body?.AvvisoAnalogico ?? '', 'base64')
  if (!Fault && pdf.subarray(0, 5).toString('latin1') === '%PDF-') return pdf
  throw new TransientError('iris answered without a notice')
}

// What is withdrawn is named, not told.
const toldBy = (operation: 'Insert' | 'Delete', { attributes, Insert, ...named }: Pendenza) => ({
  attributes: { ...attributes, TipoOperazione: operation },
  ...named,
  Insert: operation === 'Insert' ? Insert : undefined,
})

const duplicate = Symbol('a message of this id was taken before')

const duplicateOrThrow = (error: unknown): typeof duplicate => {
  if (error instanceof SoapFaultError && error.says('Messaggio duplicato')) return duplicate
  throw error
}
