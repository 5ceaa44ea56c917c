import { z } from 'zod'
import { field, readBy, secret } from '#ports/configuration-form'
import { formReader } from '#core/read-form'
import { parseIban } from '#schemas/values/iban'

/** What a tenant's administrator gives: where examplepay is, and the two secrets agreed with it. */
export const ExamplepayTenant = z.object({
  base_url: field(z.url({ protocol: /^https?$/ }), {
    label: 'Address of examplepay',
    placeholder: 'https://api.examplepay.example',
  }),
  api_key: secret(z.string().min(1), { label: 'API key', description: 'As examplepay gave it.' }),
  notify_secret: secret(z.string().min(16), {
    label: 'Secret of notifications',
    description: 'What examplepay signs its notifications with; 16 characters or more.',
  }),
  timeout_ms: field(z.int().positive().max(5_000), {
    label: 'Longest wait for an answer, in milliseconds',
  }).default(3_000),
})
export type ExamplepayTenant = z.infer<typeof ExamplepayTenant>

/** What is set per digital service, besides what every intermediary is given. */
export const ExamplepayService = z.object({
  due_type: field(z.string().min(1).max(35), {
    label: 'Type of due',
    description: "One of the body's types at examplepay.",
    placeholder: 'CANONE',
  }),
  iban: readBy(parseIban, {
    label: 'IBAN',
    description:
      "The body's account that is credited, where it has several. A beneficiary has its own.",
  }).optional(),
})
export type ExamplepayService = z.infer<typeof ExamplepayService>

/** The tenant's form as validated; throws RejectedError('bad-configuration') naming the member. */
export const tenantOf = formReader('tenant', ExamplepayTenant)

/** The service's form as validated; throws RejectedError('bad-configuration') naming the member. */
export const serviceOf = formReader('service', ExamplepayService)
