import { RejectedError } from '#core/errors'
import { namedId } from '#core/identity'
import { defineProcessor, to } from '#core/processor'
import type { Configuration, IntermediaryConnector } from '#ports/intermediary'
import * as topics from '#schemas/topics'
import { formatDateTime, instantOf } from '#schemas/values/date-time'
import { InvalidValueError } from '#schemas/values/invalid-value'
import { parseTaxCode } from '#schemas/values/tax-code'
import { configurationOf, servingConfigurations } from '#streams/payments/serving-configurations'

/**
 * At the login of a citizen asks for the open dues of each digital service of the body whose intermediary lists them;
 * of one citizen and service once in `askEveryMs` at most, however often the Core tells of logins. Whoever has no
 * valid tax code has no dues that could be found.
 */
export const duesRequester = (connectors: readonly IntermediaryConnector[], askEveryMs: number) =>
  defineProcessor({
    name: 'dues-requester',
    input: topics.users,
    outputs: [topics.duesRequests],
    state: topics.askedDues,
    lookups: { tenants: topics.tenantConfigurations, services: topics.serviceConfigurations },

    handle(user, { state, lookup, now }) {
      const { id: user_id, tenant_id, name, family_name, email } = user
      const tax_code = taxCodeIn(user.tax_code)
      if (tax_code === undefined) return []
      const names = connectors.map((one) => one.name)
      const ofTenant = lookup.services.where('tenant_id', tenant_id)

      return [...new Set(ofTenant.map(({ service_id }) => service_id))].flatMap((service_id) => {
        const found = servingConfigurations(lookup, names, { tenant_id, service_id })
        const [serving] = found
        const connector = connectors.find((one) => one.name === serving?.service.connector)
        // Where several are active nobody is to serve it, until an administrator leaves one.
        if (!serving || !connector || found.length > 1) return []
        const ask_id = namedId(`ask/${user_id}/${connector.name}/${service_id}`)
        const asked = state.get(ask_id)
        const isRecent = asked && now.getTime() - instantOf(asked.asked_at) < askEveryMs
        if (isRecent || !listsDues(connector, configurationOf(serving))) return []

        const whose = { tenant_id, service_id, user_id, tax_code, name, family_name, email }
        return [
          to(topics.duesRequests, { ask_id, connector: connector.name, ...whose }),
          to(topics.askedDues, { ask_id, asked_at: formatDateTime(now) }),
        ]
      })
    },
  })

function taxCodeIn(text: string | null): string | undefined {
  try {
    return text === null ? undefined : parseTaxCode(text.trim())
  } catch (error) {
    if (error instanceof InvalidValueError) return undefined
    throw error
  }
}

// Only what is connected says what it can do; a configuration it refuses shows where payments wait for it.
function listsDues(connector: IntermediaryConnector, configuration: Configuration): boolean {
  try {
    return connector.connect(configuration).findDues !== undefined
  } catch (error) {
    if (error instanceof RejectedError) return false
    throw error
  }
}
