import { randomUUID } from 'node:crypto'
import { answer } from '#connectors/iris/answer'
import { irisClient } from '#connectors/iris/client'
import {
  creditorOf,
  identityOf,
  IrisService,
  IrisTenant,
  serviceOf,
  tenantOf,
} from '#connectors/iris/config'
import { errorOf } from '#connectors/iris/esiti'
import { newMsgId } from '#connectors/iris/header'
import { toDebtPosition, toOwed, toPendenza } from '#connectors/iris/mapping'
import { pendenciesIn, readInformativa } from '#connectors/iris/notification'
import { pageOf, toOtf } from '#connectors/iris/page'
import { idPagamentoOf, Pendenza } from '#connectors/iris/pendenza'
import { isPresent, toReported, toSettlement } from '#connectors/iris/settlement'
import { trialFor } from '#connectors/iris/trial'
import { RejectedError, TransientError } from '#core/errors'
import { newSeenOnce } from '#core/seen-once'
import { iuvFor } from '#schemas/values/iud-numbers'
import type { Esito } from '#connectors/iris/answers'
import type { IntermediaryConnector } from '#ports/intermediary'

const seenSeconds = 24 * 3_600
const seenMessagesMax = 50_000
// Of the process, not of a connection: a configuration read again must not forget them.
const seen = newSeenOnce(seenSeconds, seenMessagesMax)

/** IRIS of the Tuscany Region, and PagoUmbria, which is the same product: SOAP both ways. */
export const iris: IntermediaryConnector = {
  name: 'iris',
  forms: { tenant: IrisTenant, service: IrisService },
  notifications: { routes: [{ method: 'post', path: '' }], namedIn: pendenciesIn, answer },

  composeOpening(payment, configuration) {
    const service = serviceOf(configuration)
    const owed = toOwed(payment, service)
    return JSON.stringify(toPendenza(owed, service, tenantOf(configuration)))
  },

  probe(configuration) {
    const tenant = tenantOf(configuration)
    const service = serviceOf(configuration)
    identityOf(tenant)
    const client = irisClient(tenant)
    return {
      url: tenant.positions_url,
      // A payment that is surely nobody's: whoever may ask is told that there is none.
      tryCredentials: async (signal) => {
        const nobodys = iuvFor(randomUUID().replaceAll('-', ''), tenant.segregation_code)
        const told = await client.verificaStato(nobodys, service.due_type, signal)
        if (isPresent(told)) throw new TransientError('iris knows a payment of nobody')
      },
      // Owed by the body to itself.
      openAndCancel: async (signal) => {
        const pendenza = toPendenza(trialFor(creditorOf(configuration)), service, tenant)
        assertTaken(await client.allineaPendenza(pendenza, {}, signal))
        assertTaken(await client.allineaPendenza(pendenza, { operation: 'Delete' }, signal))
      },
    }
  },

  connect(configuration) {
    const tenant = tenantOf(configuration)
    const client = irisClient(tenant)
    const { notices_url } = tenant
    const iuvOf = (iud: string) => iuvFor(iud, tenant.segregation_code)
    const find = async (pendenza: Pendenza, signal?: AbortSignal) => {
      const { TipoPendenza } = pendenza.attributes
      const told = await client.verificaStato(idPagamentoOf(pendenza), TipoPendenza, signal)
      return isPresent(told) ? toDebtPosition(pendenza) : undefined
    }

    return {
      openDebtPosition: async (request, _addresses, signal) => {
        const pendenza = pendenzaOf(request)
        // The same id at each try: one whose answer was lost is told apart from one that never came.
        const msgId = pendenza.IdPendenza
        const esito = await client.allineaPendenza(pendenza, { msgId }, signal)
        if (esito.kind === 'taken') return toDebtPosition(pendenza)
        // An earlier try may have put it in, unheard: only IRIS knows.
        const found = await find(pendenza, signal)
        if (found) return found
        if (esito.kind === 'refused') throw errorOf(esito.codes)
        // The message was taken before, and nothing came of it: it is told once more, as another.
        assertTaken(await client.allineaPendenza(pendenza, { msgId: newMsgId() }, signal))
        return toDebtPosition(pendenza)
      },
      findDebtPosition: (request, signal) => find(pendenzaOf(request), signal),
      findSettlement: async (iud, signal) => {
        const { due_type } = serviceOf(configuration)
        return toSettlement(await client.verificaStato(iuvOf(iud), due_type, signal), iud)
      },
      // IRIS opens a page only along with a pendency that it is told, whole.
      beginOnlinePayment: async (payment, signal) => {
        const otf = toOtf(payment.addresses)
        const pendenza = toPendenza(payment, serviceOf(configuration), tenant)
        return { url: pageOf(assertTaken(await client.allineaPendenza(pendenza, { otf }, signal))) }
      },
      ...(notices_url === undefined
        ? {}
        : {
            fetchNotice: ({ iud }, signal) => {
              const IdentificativoDominio = creditorOf(configuration)
              const payment = { IdentificativoDominio, IdentificativoUnivocoVersamento: iuvOf(iud) }
              return client.generaAvviso(notices_url, payment, signal)
            },
          }),
      readNotification: (notification) => {
        const { msgId, payments } = readInformativa(notification, tenant)
        const isRepeated = !seen.isFirst(`${tenant.sender_id}/${msgId}`, new Date())
        return payments.flatMap((payment) => toReported(payment, isRepeated) ?? [])
      },
    }
  },
}

const pendenzaOf = (request: string): Pendenza => Pendenza.parse(JSON.parse(request))

type Taken = Extract<Esito, { kind: 'taken' }>

const assertTaken = (esito: Esito): Taken => {
  if (esito.kind === 'taken') return esito
  if (esito.kind === 'refused') throw errorOf(esito.codes)
  throw new RejectedError('iris-duplicate', 'iris takes the message for one it was told before')
}
