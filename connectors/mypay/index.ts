import { randomUUID } from 'node:crypto'
import { mypayClient } from '#connectors/mypay/client'
import {
  creditorOf,
  MypayService,
  MypayTenant,
  numberingOf,
  sellsStamps,
  serviceOf,
  tenantOf,
} from '#connectors/mypay/config'
import { errorOf, isDuplicate } from '#connectors/mypay/faults'
import { toDebtPosition, toFoundPosition, toVersamento } from '#connectors/mypay/mapping'
import { noticeIn, toPrint } from '#connectors/mypay/notice'
import { isDueOf, toDueId } from '#connectors/mypay/due-id'
import { toOwedStamp, toStampDues } from '#connectors/mypay/mapping-stamp'
import { personOf, toPerson } from '#connectors/mypay/mapping-payer'
import { toDues } from '#connectors/mypay/open-dues'
import { namedIn, readPush } from '#connectors/mypay/push'
import { keyOf, toSettlement } from '#connectors/mypay/settlement'
import { RejectedError, TransientError } from '#core/errors'
import type { Answer } from '#connectors/mypay/answers'
import type { OpenPosition } from '#connectors/mypay/client'
import type { Dovuti, Versamento } from '#connectors/mypay/documents'
import type { DebtPosition, IntermediaryConnector } from '#ports/intermediary'
import type { Payer } from '#schemas/generated/types'

/** MyPay of the Veneto Region and of those who reuse it, over SOAP. */
export const mypay: IntermediaryConnector = {
  name: 'mypay',
  forms: { tenant: MypayTenant, service: MypayService },
  notifications: { routes: [{ method: 'post', path: '' }], namedIn },

  composeOpening(payment, configuration) {
    const service = serviceOf(configuration)
    if (payment.payment.type === 'STAMP') {
      return JSON.stringify(toStampDues(toOwedStamp(payment, service)))
    }
    return JSON.stringify(toVersamento(payment, service, numberingOf(configuration)))
  },

  probe(configuration) {
    const tenant = tenantOf(configuration)
    serviceOf(configuration)
    const client = mypayClient(tenant)
    return {
      url: tenant.base_url,
      // A due that is surely nobody's: whoever may ask is told that there is none.
      tryCredentials: async (signal) => {
        const iud = randomUUID().replaceAll('-', '')
        const { faultCode } = await client.chiediPagatiConRicevuta(keyOf(iud), signal)
        if (faultCode === 'PAA_IUD_NON_VALIDO') return
        throw faultCode === null
          ? new TransientError('mypay knows a due of nobody')
          : errorOf(faultCode)
      },
    }
  },

  connect(configuration) {
    const tenant = tenantOf(configuration)
    const creditor = creditorOf(configuration)
    const isStamp = sellsStamps(configuration)
    const client = mypayClient(tenant)
    const ask = (iud: string, signal?: AbortSignal) =>
      client.chiediPagatiConRicevuta(keyOf(iud), signal)
    const find = async (due: Versamento, signal?: AbortSignal) => {
      const { identificativoUnivocoDovuto } = due.datiVersamento
      const key = { identificativoUnivocoDovuto }
      return toFoundPosition(await client.chiediPagatiConRicevuta(key, signal), due)
    }
    // Without a number it is paid where MyPay says as long as it lists it.
    const pageOfListed = async (iud: string, payer: Payer, signal?: AbortSignal) => {
      const listed = toldBy(await client.chiediPosizioniAperte(toPerson(payer), signal))
      const url = listed.find((position) => isListedAs(iud, position))?.urlPagamento
      if (url !== undefined) return { url }
      throw new RejectedError('page-missing', 'mypay lists no page to pay this due at')
    }

    return {
      openDebtPosition: async (request, _addresses, signal) => {
        const due = dueOf(request)
        if (!due) return unnumbered
        const answer = await client.importaDovuto(due, 'I', signal)
        if (answer.faultCode === null) return toDebtPosition(due, answer.told)
        if (!isDuplicate(answer.faultCode)) throw errorOf(answer.faultCode)
        // MyPay says "there is one" and not which: an earlier try of ours, unheard, or the number of somebody else.
        const found = await find(due, signal)
        if (found) return found
        throw takenNumber(answer.faultCode)
      },
      findDebtPosition: async (request, signal) => {
        const due = dueOf(request)
        return due ? find(due, signal) : unnumbered
      },
      findSettlement: async (iud, signal) =>
        toSettlement(await ask(iud, signal), { iud, creditor, isStamp }),
      beginOnlinePayment: async (payment, signal) => {
        const { iud, iuv, payer, addresses, document_hash } = payment
        const back = addresses?.landing
        if (document_hash !== null) {
          return pageIn(await client.inviaDovuti(toStampDues(payment), back, signal))
        }
        if (iuv !== null) return pageIn(await client.verificaAvviso(iuv, back, signal))
        return pageOfListed(iud, payer, signal)
      },
      fetchNotice: async ({ iud, iuv }, signal) => {
        const { due_type: dueType } = serviceOf(configuration)
        if (iuv === null) throw new RejectedError('number-missing', 'mypay prints by number alone')
        const due = toPrint({ dueId: toDueId(iud), iuv, dueType })
        const { base64ZipAvviso } = toldBy(await client.importaDovuto(due, 'S', signal))
        if (base64ZipAvviso) return noticeIn(base64ZipAvviso)
        throw new TransientError('mypay answered without the archive of the notice')
      },
      findDues: async (tax_code, signal) => {
        const service = serviceOf(configuration)
        const answer = await client.chiediPosizioniAperte(personOf(tax_code), signal)
        return toDues(toldBy(answer), { tenant, service, tax_code })
      },
      readNotification: (notification) => readPush(notification, tenant.notify_secret, creditor),
    }
  },
}

const isListedAs = (iud: string, { dovuti }: OpenPosition): boolean =>
  dovuti.datiVersamento.datiSingoloVersamento.some((item) =>
    isDueOf(iud, item.identificativoUnivocoDovuto),
  )

/** A stamp is no due before somebody pays it: there is nothing to open, and no number. */
const unnumbered: DebtPosition = { notice_code: null, iuv: null }

/** Of a stamp undefined. Our own words: they are held against the schema where they are written. */
const dueOf = (request: string): Versamento | undefined => {
  const asked = JSON.parse(request) as Versamento | Dovuti
  return 'datiSingoloVersamento' in asked.datiVersamento ? undefined : (asked as Versamento)
}

const takenNumber = (faultCode: string): Error =>
  faultCode.includes('IUV')
    ? new RejectedError(`mypay-${faultCode}`, 'another due of the body has the number of this one')
    : new TransientError('mypay has a due under this iud, and knows none')

const pageIn = (answer: Answer<{ readonly url: string }>) => ({ url: toldBy(answer).url })

const toldBy = <Told>(answer: Answer<Told>): Told => {
  if (answer.faultCode === null) return answer.told
  throw errorOf(answer.faultCode)
}
