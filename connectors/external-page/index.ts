import { randomUUID } from 'node:crypto'
import { PageStatus, externalPageClient } from '#connectors/external-page/client'
import {
  ExternalPageService,
  ExternalPageTenant,
  pageOf,
  tenantOf,
} from '#connectors/external-page/config'
import {
  toFilling,
  toPageRequest,
  toReportedSettlement,
  toSettlement,
  toStatusFilling,
  unnumbered,
} from '#connectors/external-page/mapping'
import { signedUrl } from '#connectors/external-page/page-url'
import { callbackSecondsMax, verifiedSignature } from '#connectors/external-page/signature'
import { RejectedError } from '#core/errors'
import { newSeenOnce } from '#core/seen-once'
import type { Moment, PagePayment } from '#connectors/external-page/mapping'
import type { IntermediaryConnector, Notification } from '#ports/intermediary'

const seenCallbacksMax = 50_000
// Of the process, not of a connection: a configuration read again must not forget them.
const seen = newSeenOnce(2 * callbackSecondsMax, seenCallbacksMax)

/** A party that has only a page to pay at: payers are sent there by a signed address made from the payment alone. */
export const externalPage: IntermediaryConnector = {
  name: 'external-page',
  forms: { tenant: ExternalPageTenant, service: ExternalPageService },

  composeOpening(payment, configuration) {
    return JSON.stringify(toPageRequest(payment, pageOf(configuration)))
  },

  probe(configuration) {
    const tenant = tenantOf(configuration)
    const page = pageOf(configuration)
    const client = externalPageClient(tenant)
    return {
      url: new URL(page.url).origin,
      // A payment that is surely nobody's, and a page that is not opened.
      tryCredentials: async (signal) => {
        const nobodys = trialOf(randomUUID().replaceAll('-', ''))
        const filling = toFilling(nobodys, page, momentNow())
        await client.tryPage(signedUrl(page.url, filling, signingOf(tenant, 'pay')), signal)
        await statusOf(tenant, nobodys.iud, signal)
      },
    }
  },

  connect(configuration) {
    const tenant = tenantOf(configuration)
    return {
      openDebtPosition: async () => unnumbered,
      findDebtPosition: async () => unnumbered,
      findSettlement: async (iud, signal) => toSettlement(await statusOf(tenant, iud, signal)),
      beginOnlinePayment: async (payment) => {
        const page = pageOf(configuration)
        const filling = toFilling(payment, page, momentNow())
        return { url: signedUrl(page.url, filling, signingOf(tenant, 'pay')) }
      },
      readNotification: (notification) => {
        const now = new Date()
        const signature = verifiedSignature(notification, tenant.signing_secret, now)
        const reported = toReportedSettlement(statusIn(notification))
        if (seen.isFirst(signature, now)) return [reported]
        throw new RejectedError('bad-signature', 'the callback was taken before: sign each anew')
      },
    }
  },
}

const momentNow = (): Moment => ({
  now: new Date(),
  nonce: randomUUID().replaceAll('-', ''),
})

const signingOf = ({ signing_secret: secret }: ExternalPageTenant, purpose: 'pay' | 'status') => ({
  purpose,
  secret,
})

/** What the page says; undefined where it has not heard of the payment, or cannot be asked. */
const statusOf = async (tenant: ExternalPageTenant, iud: string, signal?: AbortSignal) => {
  if (tenant.status_url === undefined) return undefined
  const filling = toStatusFilling(iud, momentNow())
  const url = signedUrl(tenant.status_url, filling, signingOf(tenant, 'status'))
  return externalPageClient(tenant).getStatus(url, iud, signal)
}

const trialOf = (iud: string): PagePayment => ({
  iud,
  amount: 1,
  currency: 'EUR',
  expire_at: null,
  // Nobody is to come back from it: a name that no host has.
  addresses: { landing: 'https://nobody.invalid/', notify: 'https://nobody.invalid/' },
})

const statusIn = ({ body }: Notification): PageStatus => {
  try {
    return PageStatus.parse(JSON.parse(body))
  } catch {
    throw new RejectedError('bad-notification', 'the callback is not what the page sends')
  }
}
