import { z } from 'zod'
import { field, readBy, secret } from '#ports/configuration-form'
import type { IntermediaryConnector } from '#ports/intermediary'
import type { ConfigurationCommand } from '#schemas/generated/types'
import { parseIban } from '#schemas/values/iban'
import { samplePayment } from '#streams/payments/samples'

const { tenant_id, service_id } = samplePayment()

/** A connector with a member of each kind. */
export const sampleConnector: Pick<IntermediaryConnector, 'name' | 'forms'> = {
  name: 'examplepay',
  forms: {
    tenant: z.object({
      base_url: field(z.url({ protocol: /^https?$/ }), { label: 'Address' }),
      api_key: secret(z.string().min(4), { label: 'API key' }),
      timeout_ms: field(z.int().max(5_000), { label: 'Timeout' }).default(3_000),
    }),
    service: z.object({
      due_type: field(z.string().min(1), { label: 'Type of due' }),
      iban: readBy(parseIban, { label: 'IBAN' }).optional(),
    }),
  },
}

/** A secret as it lies on topics. */
export const sampleSealed = `sealed:1:2026:${'n'.repeat(16)}:Y2lwaGVy:${'t'.repeat(22)}`

/** A tenant's configuration, its secret sealed. */
export const tenantConfig = {
  id: tenant_id,
  name: 'Comune di Bugliano',
  IPA_code: 'c_bugl',
  tax_identification_number: '00000000000',
  base_url: 'https://api.examplepay.example',
  api_key: sampleSealed,
  timeout_ms: 3_000,
}

/** The configuration of one of its services. */
export const serviceConfig = {
  id: service_id,
  tenant_id,
  payment_type: 'PAGOPA',
  due_type: 'CANONE',
}

const envelope = {
  event_id: 'd3f4b7a9-2c1e-4b55-8f60-9e7a1b2c3d04',
  event_version: '1.0',
  event_created_at: '2026-01-15T10:00:00+01:00',
  app_id: 'payment-proxy:0.1.0',
}

/** A command about the sample service, active and the first unless said otherwise. */
export const serviceCommand = (
  config: object = serviceConfig,
  changes: Partial<ConfigurationCommand> = {},
): ConfigurationCommand => ({
  command_id: '0c0ffee0-1111-4222-8333-444455556666',
  level: 'SERVICE',
  subject_id: service_id,
  connector: 'examplepay',
  tenant_id,
  active: true,
  config: JSON.stringify(config),
  expected_version: 0,
  ...envelope,
  ...changes,
})

/** A command about the sample tenant. */
export const tenantCommand = (
  config: object = tenantConfig,
  changes: Partial<ConfigurationCommand> = {},
): ConfigurationCommand =>
  serviceCommand(config, { level: 'TENANT', subject_id: tenant_id, ...changes })
