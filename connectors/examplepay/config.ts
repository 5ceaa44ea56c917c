import { z } from 'zod'
import { RejectedError } from '#core/errors'
import type { Configuration } from '#ports/intermediary'

/** What a tenant's administrator gives: where examplepay is, and the two secrets agreed with it. */
export const ExamplepayTenant = z.object({
  base_url: z.url({ protocol: /^https?$/ }),
  api_key: z.string().min(1),
  notify_secret: z.string().min(16),
  timeout_ms: z.int().positive().max(5_000).default(3_000),
})
export type ExamplepayTenant = z.infer<typeof ExamplepayTenant>

/** What is set per digital service. A reason given here replaces the one of the payment. */
export const ExamplepayService = z.object({
  due_type: z.string().min(1).max(35),
  reason: z.string().max(140).nullish(),
})
export type ExamplepayService = z.infer<typeof ExamplepayService>

/** The tenant's form as validated; throws RejectedError('bad-configuration') naming the member. */
export const tenantOf = ({ tenant }: Configuration): ExamplepayTenant =>
  validated('tenant', ExamplepayTenant, tenant)

/** The service's form as validated; throws RejectedError('bad-configuration') naming the member. */
export const serviceOf = ({ service }: Configuration): ExamplepayService =>
  validated('service', ExamplepayService, service)

const validated = <Form>(name: string, schema: z.ZodType<Form>, input: unknown): Form => {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const member = [name, ...(issue?.path ?? [])].join('.')
  throw new RejectedError('bad-configuration', `${member}: ${issue?.message ?? 'not valid'}`)
}
