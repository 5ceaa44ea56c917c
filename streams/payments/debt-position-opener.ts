import { RejectedError, TransientError } from '#core/errors'
import { defineTask, to } from '#core/processor'
import type { Configuration, Intermediary } from '#ports/intermediary'
import type { UrlsOf } from '#ports/payment-urls'
import type { PaymentOpening } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { formatDateTime } from '#schemas/values/date-time'
import { type ConfigurationTables, configurationOf } from '#streams/payments/serving-configurations'

/** The intermediary of a connector, reached with a configuration. Throws RejectedError('bad-configuration'). */
export type IntermediaryOf = (connector: string, configuration: Configuration) => Intermediary

interface Ports {
  readonly intermediaryOf: IntermediaryOf
  readonly urlsOf: UrlsOf
}

const messageCharactersMax = 200

/**
 * Opens debt positions at their intermediaries and reports `Opened` or `Refused`. Credentials are the current
 * ones, also of a configuration deactivated since: an earlier try may have opened the position already. A
 * configuration that is missing or broken waits for the administrator; it is no refusal of the payment.
 */
export const debtPositionOpener = ({ intermediaryOf, urlsOf }: Ports) =>
  defineTask({
    name: 'debt-position-opener',
    input: topics.paymentOpenings,
    outputs: [topics.paymentFacts],
    lookups: { tenants: topics.tenantConfigurations, services: topics.serviceConfigurations },
    orderBy: ({ payment_id }) => payment_id,
    timeoutMs: 4_000,
    retry: { delayMsFirst: 200, delayMsMax: 10_000 },

    async run(opening, { lookup, now, signal }) {
      const { payment_id, connector, request } = opening
      const fact = { payment_id, occurred_at: formatDateTime(now) }
      const { addresses, links } = urlsOf(connector, payment_id)
      const intermediary = reached(intermediaryOf, connector, currentConfiguration(lookup, opening))
      try {
        const position = await intermediary.openDebtPosition(request, addresses, signal)
        const { notice_code, iuv } = position
        return [
          to(topics.paymentFacts, { ...fact, type: 'Opened', opened: { notice_code, iuv, links } }),
        ]
      } catch (error) {
        if (!(error instanceof RejectedError)) throw error
        const refused = { code: error.code, message: error.message.slice(0, messageCharactersMax) }
        return [to(topics.paymentFacts, { ...fact, type: 'Refused', refused })]
      }
    },
  })

function currentConfiguration(
  tables: ConfigurationTables,
  { connector, tenant_id, service_id }: PaymentOpening,
): Configuration {
  const found = <Row>(row: Row | undefined, what: string): Row => {
    if (row === undefined) throw new TransientError(`no configuration of ${what}: save it again`)
    return row
  }
  const tenantKey = `${connector}/${tenant_id}`
  const serviceKey = `${connector}/${service_id}`
  return configurationOf({
    tenant: found(tables.tenants.get(tenantKey), `the tenant ${tenantKey}`),
    service: found(tables.services.get(serviceKey), `the service ${serviceKey}`),
  })
}

function reached(
  intermediaryOf: IntermediaryOf,
  connector: string,
  configuration: Configuration,
): Intermediary {
  try {
    return intermediaryOf(connector, configuration)
  } catch (error) {
    if (!(error instanceof RejectedError)) throw error
    throw new TransientError(`${connector} refuses its configuration, mend it: ${error.message}`)
  }
}
