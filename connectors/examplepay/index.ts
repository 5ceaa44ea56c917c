import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import { PendencyNotification, examplepayClient } from '#connectors/examplepay/client'
import {
  ExamplepayService,
  ExamplepayTenant,
  serviceOf,
  tenantOf,
} from '#connectors/examplepay/config'
import {
  toDebtPosition,
  toDue,
  toNewPendency,
  toReportedSettlement,
  toSettlement,
} from '#connectors/examplepay/mapping'
import { RejectedError } from '#core/errors'
import type { NewPendency } from '#connectors/examplepay/client'
import type { Due, IntermediaryConnector, Notification } from '#ports/intermediary'

/** Of whoever owes more the rest is listed once these are paid. */
const pagesMax = 20

/** The reference connector: copy this folder to reach another intermediary. */
export const examplepay: IntermediaryConnector = {
  name: 'examplepay',
  forms: { tenant: ExamplepayTenant, service: ExamplepayService },

  composeOpening(payment, configuration) {
    return JSON.stringify(toNewPendency(payment, serviceOf(configuration)))
  },

  probe(configuration) {
    const tenant = tenantOf(configuration)
    serviceOf(configuration)
    const client = examplepayClient(tenant)
    return {
      url: tenant.base_url,
      // A debt that is surely nobody's: whoever may ask is told that there is none.
      tryCredentials: async (signal) => {
        await client.findPendency(randomUUID().replaceAll('-', ''), signal)
      },
    }
  },

  connect(configuration) {
    const tenant = tenantOf(configuration)
    const client = examplepayClient(tenant)
    return {
      openDebtPosition: async (request, { landing, notify }, signal) => {
        const addresses = { landing_url: landing, notify_url: notify }
        const asked = JSON.parse(request) as NewPendency
        return toDebtPosition(await client.putPendency({ ...asked, ...addresses }, signal), asked)
      },
      findDebtPosition: async (request, signal) => {
        const asked = JSON.parse(request) as NewPendency
        const found = await client.findPendency(asked.iud, signal)
        return found && toDebtPosition(found, asked)
      },
      findSettlement: async (iud, signal) => toSettlement(await client.getPendency(iud, signal)),
      beginOnlinePayment: ({ iud }, signal) => client.postSession(iud, signal),
      fetchNotice: ({ iud }, signal) => client.getNotice(iud, signal),
      fetchReceipt: (iud, signal) => client.getReceipt(iud, signal),
      findDues: async (tax_code, signal) => {
        const { due_type } = serviceOf(configuration)
        const dues: Due[] = []
        for (let page = 1, pages = 1; page <= Math.min(pages, pagesMax); page++) {
          const found = await client.searchPendencies({ tax_code, due_type, page }, signal)
          dues.push(...found.pendencies.map(toDue))
          pages = found.pages
        }
        return dues
      },
      readNotification: (notification) => {
        verify(notification, tenant.notify_secret)
        return [toReportedSettlement(notificationOf(notification))]
      },
    }
  },
}

const verify = ({ headers, body }: Notification, secret: string): void => {
  const expected = createHmac('sha256', secret).update(body).digest()
  const given = Buffer.from(headers['x-examplepay-signature'] ?? '', 'hex')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new RejectedError('bad-signature', 'the notification is not signed with our secret')
  }
}

const notificationOf = ({ body }: Notification): PendencyNotification => {
  try {
    return PendencyNotification.parse(JSON.parse(body))
  } catch {
    throw new RejectedError('bad-notification', 'the notification is not what examplepay sends')
  }
}
