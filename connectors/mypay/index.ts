import { randomUUID } from 'node:crypto'
import { mypayClient } from '#connectors/mypay/client'
import {
  creditorOf,
  MypayService,
  MypayTenant,
  serviceOf,
  tenantOf,
} from '#connectors/mypay/config'
import { Versamento } from '#connectors/mypay/documents'
import { errorOf, isDuplicate } from '#connectors/mypay/faults'
import { toDebtPosition, toFoundPosition, toVersamento } from '#connectors/mypay/mapping'
import { noticeIn, toPrint } from '#connectors/mypay/notice'
import { toDueId } from '#connectors/mypay/due-id'
import { iuvFor } from '#schemas/values/iud-numbers'
import { namedIn, readPush } from '#connectors/mypay/push'
import { keyOf, toSettlement } from '#connectors/mypay/settlement'
import { RejectedError, TransientError } from '#core/errors'
import type { Answer } from '#connectors/mypay/client'
import type { IntermediaryConnector } from '#ports/intermediary'

/** MyPay of the Veneto Region and of those who reuse it, over SOAP. */
export const mypay: IntermediaryConnector = {
  name: 'mypay',
  forms: { tenant: MypayTenant, service: MypayService },
  notifications: { routes: [{ method: 'post', path: '' }], namedIn },

  composeOpening(payment, configuration) {
    const due = toVersamento(payment, serviceOf(configuration), tenantOf(configuration))
    return JSON.stringify(due)
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
    const client = mypayClient(tenant)
    const ask = (iud: string, signal?: AbortSignal) =>
      client.chiediPagatiConRicevuta(keyOf(iud), signal)
    const find = async (due: Versamento, signal?: AbortSignal) => {
      const { identificativoUnivocoDovuto } = due.datiVersamento
      const key = { identificativoUnivocoDovuto }
      return toFoundPosition(await client.chiediPagatiConRicevuta(key, signal), due)
    }

    return {
      openDebtPosition: async (request, _addresses, signal) => {
        const due = dueOf(request)
        const answer = await client.importaDovuto(due, 'I', signal)
        if (answer.faultCode === null) return toDebtPosition(due, answer.told)
        if (!isDuplicate(answer.faultCode)) throw errorOf(answer.faultCode)
        // MyPay says "there is one" and not which: an earlier try of ours, unheard, or the number of somebody else.
        const found = await find(due, signal)
        if (found) return found
        throw takenNumber(answer.faultCode)
      },
      findDebtPosition: (request, signal) => find(dueOf(request), signal),
      findSettlement: async (iud, signal) =>
        toSettlement(await ask(iud, signal), { iud, creditor }),
      beginOnlinePayment: async ({ iud, addresses }, signal) => {
        const iuv = iuvFor(iud, tenant.segregation_code)
        const answer = await client.verificaAvviso(iuv, addresses?.landing, signal)
        return { url: toldBy(answer).url }
      },
      fetchNotice: async (iud, signal) => {
        const { due_type: dueType } = serviceOf(configuration)
        const iuv = iuvFor(iud, tenant.segregation_code)
        const due = toPrint({ dueId: toDueId(iud), iuv, dueType })
        const { base64ZipAvviso } = toldBy(await client.importaDovuto(due, 'S', signal))
        if (base64ZipAvviso) return noticeIn(base64ZipAvviso)
        throw new TransientError('mypay answered without the archive of the notice')
      },
      readNotification: (notification) => readPush(notification, tenant.notify_secret, creditor),
    }
  },
}

const dueOf = (request: string): Versamento => Versamento.parse(JSON.parse(request))

const takenNumber = (faultCode: string): Error =>
  faultCode.includes('IUV')
    ? new RejectedError(`mypay-${faultCode}`, 'another due of the body has the number of this one')
    : new TransientError('mypay has a due under this iud, and knows none')

const toldBy = <Told>(answer: Answer<Told>): Told => {
  if (answer.faultCode === null) return answer.told
  throw errorOf(answer.faultCode)
}
