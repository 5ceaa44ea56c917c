import { RejectedError } from '#core/errors'
import { defineTask, to } from '#core/processor'
import type { Configuration, DebtPosition, Intermediary } from '#ports/intermediary'
import type { UrlsOf } from '#ports/payment-urls'
import type { PaymentFactLinks, PaymentOpening } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { formatDateTime } from '#schemas/values/date-time'
import { notedIntermediary, type NotesOf } from '#streams/payments/noted-intermediary'
import {
  type IntermediaryOf,
  reachedIntermediary,
  waitsForAdministrator,
} from '#streams/payments/reached-intermediary'
import { type ConfigurationTables, configurationOf } from '#streams/payments/serving-configurations'

interface Ports {
  readonly intermediaryOf: IntermediaryOf
  readonly urlsOf: UrlsOf
  /** Absent: nothing is noted. */
  readonly notesOf?: NotesOf | undefined
}

const messageCharactersMax = 200

/**
 * Opens debt positions at their intermediaries and reports `Opened` or `Refused`. Credentials are the current
 * ones, also of a configuration deactivated since: an earlier try may have opened the position already. A
 * configuration that is missing or broken waits for the administrator; it is no refusal of the payment.
 */
export function debtPositionOpener({ intermediaryOf, urlsOf, notesOf }: Ports) {
  return defineTask({
    name: 'debt-position-opener',
    input: topics.paymentOpenings,
    outputs: [topics.paymentFacts],
    lookups: { tenants: topics.tenantConfigurations, services: topics.serviceConfigurations },
    orderBy: ({ payment_id }) => payment_id,
    partyOf: ({ connector, tenant_id }) => `${connector}/${tenant_id}`,
    concurrency: 64,
    concurrencyPerParty: 16,
    timeoutMs: 4_000,
    retry: { delayMsFirst: 200, delayMsMax: 10_000, ageMsMax: 24 * 3_600_000 },

    async run(opening, { lookup, now, signal }) {
      const { connector, payment_id, request } = opening
      const intermediary = reachedFor(opening, currentConfiguration(lookup, opening))
      const { addresses } = urlsOf(connector, payment_id)
      return told(opening, now, intermediary, () =>
        intermediary.openDebtPosition(request, addresses, signal),
      )
    },

    async onExhausted(opening, { lookup, now, signal, attempts, reason }) {
      const { request } = opening
      const intermediary = reachedFor(opening, currentConfiguration(lookup, opening))
      // One of the tries may have opened it, unheard: only the intermediary knows.
      return told(opening, now, intermediary, async () => {
        const found = await intermediary.findDebtPosition(request, signal)
        if (found) return found
        throw new RejectedError('no-answer', `${attempts} tries to open it, the last: ${reason}`)
      })
    },
  })

  function reachedFor(opening: PaymentOpening, configuration: Configuration): Intermediary {
    const { payment_id, connector } = opening
    const intermediary = reachedIntermediary(intermediaryOf, connector, configuration)
    return notesOf
      ? notedIntermediary(intermediary, notesOf({ payment_id, connector }))
      : intermediary
  }

  /** The fact that comes of an opening, or of the search for one. */
  async function told(
    { payment_id, connector }: PaymentOpening,
    now: Date,
    intermediary: Intermediary,
    position: () => Promise<DebtPosition>,
  ) {
    const fact = { payment_id, occurred_at: formatDateTime(now) }
    try {
      const numbers = await position()
      const { notice_code, iuv } = numbers
      const links = offered(urlsOf(connector, payment_id).links, intermediary, numbers)
      const opened = { notice_code, iuv, links }
      return [to(topics.paymentFacts, { ...fact, type: 'Opened', opened })]
    } catch (error) {
      if (!(error instanceof RejectedError)) throw error
      const refused = { code: error.code, message: error.message.slice(0, messageCharactersMax) }
      return [to(topics.paymentFacts, { ...fact, type: 'Refused', refused })]
    }
  }
}

/**
 * No link leads where there is nothing. A receipt asks for whoever gives one; a notice for a number to pay by, and for a
 * notice code where the intermediary gives none and we draw it.
 */
function offered(
  links: PaymentFactLinks,
  { fetchNotice, fetchReceipt }: Intermediary,
  { notice_code, iuv }: DebtPosition,
): PaymentFactLinks {
  const isNoticed = notice_code !== null || (fetchNotice !== undefined && iuv !== null)
  return {
    ...links,
    offline_payment: isNoticed ? links.offline_payment : null,
    receipt: fetchReceipt ? links.receipt : null,
  }
}

function currentConfiguration(
  tables: ConfigurationTables,
  { connector, tenant_id, service_id }: PaymentOpening,
): Configuration {
  const found = <Row>(row: Row | undefined, what: string): Row => {
    if (row === undefined) throw waitsForAdministrator(`no configuration of ${what}: save it again`)
    return row
  }
  const tenantKey = `${connector}/${tenant_id}`
  const serviceKey = `${connector}/${service_id}`
  return configurationOf({
    tenant: found(tables.tenants.get(tenantKey), `the tenant ${tenantKey}`),
    service: found(tables.services.get(serviceKey), `the service ${serviceKey}`),
  })
}
