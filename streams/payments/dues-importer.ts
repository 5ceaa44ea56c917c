import { defineTask, to } from '#core/processor'
import type { Due } from '#ports/intermediary'
import type { DuesRequest, Payer } from '#schemas/generated/types'
import * as topics from '#schemas/topics'
import { formatDateTime } from '#schemas/values/date-time'
import { composeDue } from '#streams/payments/compose-due'
import { knownDue } from '#streams/payments/known-due'
import { type IntermediaryOf, reachedIntermediary } from '#streams/payments/reached-intermediary'
import { configurationOf, servingConfigurations } from '#streams/payments/serving-configurations'

interface Ports {
  readonly intermediaryOf: IntermediaryOf
  /** Where payers of dues are sent after paying; null where nobody said. */
  readonly landingUrl: string | null
}

/**
 * Asks an intermediary for the open dues of a citizen and writes those that are no payment yet, as payments that were
 * not born here. While the intermediary is away the question waits, an hour at most: the next login asks again, so
 * what is given up then is no dead letter.
 */
export const duesImporter = ({ intermediaryOf, landingUrl }: Ports) =>
  defineTask({
    name: 'dues-importer',
    input: topics.duesRequests,
    outputs: [topics.payments],
    lookups: {
      tenants: topics.tenantConfigurations,
      services: topics.serviceConfigurations,
      payments: topics.paymentsCurrent,
    },
    orderBy: ({ ask_id }) => ask_id,
    partyOf: ({ connector, tenant_id }) => `${connector}/${tenant_id}`,
    concurrency: 32,
    concurrencyPerParty: 8,
    timeoutMs: 8_000,
    retry: { delayMsFirst: 1_000, delayMsMax: 60_000, ageMsMax: 3_600_000 },

    async run(request, { lookup, now, signal }) {
      const { connector, tenant_id, service_id, user_id, tax_code } = request
      const [serving] = servingConfigurations(lookup, [connector], request)
      if (!serving) return []
      const configuration = configurationOf(serving)
      const intermediary = reachedIntermediary(intermediaryOf, connector, configuration)
      const dues = (await intermediary.findDues?.(tax_code, signal)) ?? []

      const imported_at = formatDateTime(now)
      const whose = { tenant_id, service_id, connector, user_id, payer: payerOf(request) }
      const owed = { ...whose, landing_url: landingUrl, imported_at }
      return dues
        .filter((due) => isPayable(due) && knownDue(due, request, lookup.payments) === undefined)
        .map((due) => to(topics.payments, composeDue(due, owed)))
    },

    onExhausted: async () => [],
  })

const isPayable = ({ amount, currency }: Due): boolean => amount > 0 && currency === 'EUR'

// A login says who somebody is, and nothing of where they live.
const payerOf = ({ tax_code, name, family_name, email }: DuesRequest): Payer => ({
  type: /^\d/.test(tax_code) ? 'legal' : 'human',
  tax_identification_number: tax_code,
  name: name ?? '',
  family_name,
  street_name: null,
  building_number: null,
  postal_code: null,
  town_name: null,
  country_subdivision: null,
  country: 'IT',
  email,
})
