import { govpayClient } from '#connectors/govpay/client'
import {
  domainOf,
  GovpayService,
  GovpayTenant,
  serviceOf,
  tenantOf,
} from '#connectors/govpay/config'
import {
  toDebtPosition,
  toFoundPosition,
  toNuovaPendenza,
  toSettlement,
} from '#connectors/govpay/mapping'
import { notifications, readNotification, verify } from '#connectors/govpay/notifications'
import { openDues } from '#connectors/govpay/open-dues'
import { govpayProbe } from '#connectors/govpay/probe'
import { executedIn } from '#connectors/govpay/receipts'
import { RejectedError } from '#core/errors'
import type { NuovaPendenza } from '#connectors/govpay/words'
import type { Intermediary, IntermediaryConnector } from '#ports/intermediary'

/** GovPay of Link.it, by its REST APIs `pendenze` and `pagamento`, version 2. */
export const govpay: IntermediaryConnector = {
  name: 'govpay',
  forms: { tenant: GovpayTenant, service: GovpayService },
  notifications,

  composeOpening(payment, configuration) {
    const service = serviceOf(configuration)
    return JSON.stringify(toNuovaPendenza(payment, domainOf(configuration), service))
  },

  probe: govpayProbe,

  connect(configuration) {
    const tenant = tenantOf(configuration)
    const client = govpayClient(tenant)
    return {
      ...opening(client),
      ...following(client, tenant),
      ...notified(tenant),
      findDues: (tax_code, signal) =>
        openDues(client, { tenant, service: serviceOf(configuration), tax_code }, signal),
    }
  },
}

type Client = ReturnType<typeof govpayClient>
type Opening = Pick<Intermediary, 'openDebtPosition' | 'findDebtPosition'>

const opening = (client: Client): Opening => {
  const found = async (asked: NuovaPendenza, signal?: AbortSignal) => {
    const pendenza = await client.findPendenza(asked.idPendenza, signal)
    return pendenza && toFoundPosition(pendenza, asked)
  }
  return {
    openDebtPosition: async (request, _addresses, signal) => {
      const asked = JSON.parse(request) as NuovaPendenza
      try {
        return toDebtPosition(await client.putPendenza(asked, signal), asked)
      } catch (error) {
        if (!(error instanceof RejectedError)) throw error
        // What an earlier try opened is not to be changed once it is paid, or being paid: that is no refusal.
        const position = await found(asked, signal)
        if (position) return position
        throw error
      }
    },
    findDebtPosition: (request, signal) => found(JSON.parse(request) as NuovaPendenza, signal),
  }
}

type Following = Pick<
  Intermediary,
  'findSettlement' | 'beginOnlinePayment' | 'fetchNotice' | 'fetchReceipt'
>

const following = (client: Client, tenant: GovpayTenant): Following => ({
  findSettlement: async (iud, signal) =>
    toSettlement(await client.getPendenza(iud, signal), tenant, new Date()),
  beginOnlinePayment: ({ iud, addresses }, signal) =>
    client.postPagamento(iud, addresses?.landing, signal),
  fetchNotice: async ({ iud }, signal) => {
    const { numeroAvviso } = await client.getPendenza(iud, signal)
    if (numeroAvviso) return client.getAvviso(tenant.domain_id, numeroAvviso, signal)
    throw new RejectedError('no-notice', 'GovPay has no notice of it')
  },
  fetchReceipt: async (iud, signal) => {
    const { rpp } = await client.getPendenza(iud, signal)
    const receipt = executedIn(rpp ?? [], tenant.domain_id)
    if (!receipt) throw new RejectedError('no-receipt', 'GovPay has no receipt of it')
    const { iuv, ccp } = receipt
    return client.getRt({ idDominio: tenant.domain_id, iuv, ccp }, signal)
  },
})

/** Without credentials agreed on nobody is believed. */
const notified = (tenant: GovpayTenant): Pick<Intermediary, 'readNotification'> => {
  const { notify_username, notify_password } = tenant
  if (notify_username === undefined || notify_password === undefined) return {}
  return {
    readNotification: (notification) => {
      verify(notification, notify_username, notify_password)
      return readNotification(notification.body, tenant)
    },
  }
}
