import { z } from 'zod'
import { withNumbers } from '#connectors/govpay/amounts'
import { parsed, pdf } from '#connectors/govpay/answers'
import { callerOf } from '#connectors/govpay/exchange'
import { PendenzePage } from '#connectors/govpay/listed-pendenza'
import {
  Chiave,
  IdPendenza,
  PagamentoCreato,
  Pendenza,
  PendenzaCreata,
  Profilo,
} from '#connectors/govpay/words'
import { RejectedError, TransientError } from '#core/errors'
import type { GovpayTenant } from '#connectors/govpay/config'
import type { Answer } from '#connectors/govpay/exchange'
import type { PendenzeSearch } from '#connectors/govpay/listed-pendenza'
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
 * FaultBean or its older shape; everything else is TransientError. A key that is none of GovPay's is never sent, nor is
 * a debt put under one that is not 32 hex digits in lower case: RejectedError('bad-iud').
 */
export const govpayClient = (tenant: GovpayTenant) => {
  const call = callerOf(tenant)
  const pathOf = (iud: string, shape = Chiave): string => {
    if (shape.safeParse(iud).success) return `/pendenze/${tenant.application_id}/${iud}`
    throw new RejectedError('bad-iud', 'GovPay knows no debt by such an iud')
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
      const body = withNumbers(pendenza)
      const path = pathOf(idPendenza, IdPendenza)
      return parsed(PendenzaCreata, (await call({ method: 'PUT', path, body, signal })).body)
    },
    /** A page of somebody's debts. GovPay takes the question in the address alone: of a URL no value is kept. */
    getPendenze: async (search: PendenzeSearch, signal?: AbortSignal): Promise<PendenzePage> => {
      const path = `/pendenze?${new URLSearchParams({ ...search }).toString()}`
      return parsed(PendenzePage, (await call({ method: 'GET', path, signal })).body)
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
