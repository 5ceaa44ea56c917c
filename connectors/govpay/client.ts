import { stringify } from 'lossless-json'
import { z } from 'zod'
import { amountsAsNumbers } from '#connectors/govpay/amounts'
import { parsed, pdf } from '#connectors/govpay/answers'
import { callerOf } from '#connectors/govpay/exchange'
import {
  IdPendenza,
  PagamentoCreato,
  Pendenza,
  PendenzaCreata,
  Profilo,
} from '#connectors/govpay/words'
import { RejectedError, TransientError } from '#core/errors'
import type { GovpayTenant } from '#connectors/govpay/config'
import type { Answer } from '#connectors/govpay/exchange'
import type { NuovaPendenza } from '#connectors/govpay/words'

/** A change of a debt; GovPay takes the words in upper case alone. */
export interface PatchOp {
  readonly op: 'ADD' | 'DELETE' | 'REPLACE'
  readonly path: '/stato' | '/descrizioneStato'
  readonly value: string
}

/** What a receipt is asked for by. */
export interface ReceiptKey {
  readonly idDominio: string
  readonly iuv: string
  readonly ccp: string
}

/**
 * One function per endpoint, in GovPay's own words. Throws RejectedError only where GovPay itself says no, with a
 * FaultBean or its older shape; everything else is TransientError. An iud that is not 32 hex digits in lower case is
 * never sent: RejectedError('bad-iud').
 */
export const govpayClient = (tenant: GovpayTenant) => {
  const call = callerOf(tenant)
  const pathOf = (iud: string): string => {
    if (IdPendenza.safeParse(iud).success) return `/pendenze/${tenant.application_id}/${iud}`
    throw new RejectedError('bad-iud', 'an iud is 32 hex digits in lower case')
  }
  const getPendenza = async (iud: string, signal?: AbortSignal): Promise<Pendenza> => {
    const { body } = await call({ method: 'GET', path: pathOf(iud), signal })
    const told = parsed(Pendenza, body)
    if (told.idPendenza !== iud) throw new TransientError('GovPay answered about another debt')
    return told
  }

  return {
    getPendenza,
    findPendenza: (iud: string, signal?: AbortSignal) => getPendenza(iud, signal).catch(absent),
    putPendenza: async (
      { idPendenza, ...pendenza }: NuovaPendenza,
      signal?: AbortSignal,
    ): Promise<PendenzaCreata> => {
      const body = stringify(pendenza, amountsAsNumbers) ?? ''
      const path = pathOf(idPendenza)
      return parsed(PendenzaCreata, (await call({ method: 'PUT', path, body, signal })).body)
    },
    patchPendenza: async (iud: string, changes: readonly PatchOp[], signal?: AbortSignal) => {
      const contentType = 'application/json-patch+json'
      const body = JSON.stringify(changes)
      acknowledged(await call({ method: 'PATCH', path: pathOf(iud), body, contentType, signal }))
    },
    postPagamento: async (iud: string, urlRitorno?: string, signal?: AbortSignal) => {
      pathOf(iud)
      const pendenze = [{ idA2A: tenant.application_id, idPendenza: iud }]
      const body = JSON.stringify({ pendenze, urlRitorno })
      return pageOf(
        await call({ api: 'pagamento', method: 'POST', path: '/pagamenti', body, signal }),
      )
    },
    getAvviso: async (idDominio: string, numeroAvviso: string, signal?: AbortSignal) =>
      documentAt(`/avvisi/${segment(idDominio)}/${segment(numeroAvviso)}`, signal),
    getRt: async ({ idDominio, iuv, ccp }: ReceiptKey, signal?: AbortSignal) =>
      documentAt(`/rpp/${segment(idDominio)}/${segment(iuv)}/${segment(ccp)}/rt`, signal),
    getProfilo: async (signal?: AbortSignal) =>
      parsed(Profilo, (await call({ method: 'GET', path: '/profilo', signal })).body),
  }

  async function documentAt(path: string, signal?: AbortSignal): Promise<Uint8Array> {
    return pdf((await call({ method: 'GET', path, accept: 'application/pdf', signal })).body)
  }
}

/** One segment of a path. What GovPay told must not lead elsewhere. */
const segment = (text: string): string => {
  if (/^\.*$/.test(text)) throw new TransientError('GovPay told a number that is none')
  return encodeURIComponent(text)
}

// Of pagoPA's Checkout the page is where the answer leads; before it was a member of the answer.
const pageOf = ({ body, location }: Answer): { readonly url: string } => {
  if (location === undefined) return { url: parsed(PagamentoCreato, body).redirect }
  const page = PagamentoCreato.safeParse({ redirect: location })
  if (page.success) return { url: page.data.redirect }
  throw new TransientError('GovPay answered with a page that is no web address')
}

// Its contract has nothing in the answer, its code the whole debt; a page is neither.
const acknowledged = ({ body }: Answer): void => {
  if (body.length > 0) parsed(z.object({}), body)
}

const absent = (error: unknown): undefined => {
  if (error instanceof RejectedError && error.code === 'govpay-404') return undefined
  throw error
}
