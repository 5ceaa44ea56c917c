import { z } from 'zod'
import { askedBy, parsePageUrl, parseStatusUrl } from '#connectors/external-page/page-url'
import { RejectedError } from '#core/errors'
import { field, readBy, secret } from '#ports/configuration-form'
import type { Configuration } from '#ports/intermediary'

const pageExample =
  'https://pay.example/?ref={iud}&amount={amount}&back={landing}&notify={notify}&time={time}&nonce={nonce}'

/** What a tenant's administrator gives: where the page is, and the secret agreed with whoever runs it. */
export const ExternalPageTenant = z.object({
  page_url: readBy(parsePageUrl, {
    label: 'Address of the page',
    description:
      'Where payers pay; what stands in braces is filled in for each payment, and a signature is added.',
    placeholder: pageExample,
  }),
  status_url: readBy(parseStatusUrl, {
    label: 'Address that tells the state of a payment',
    description: 'Where the page has one; else only its callbacks tell.',
    placeholder: 'https://pay.example/status?ref={iud}&time={time}&nonce={nonce}',
  }).optional(),
  signing_secret: secret(z.string().min(32), {
    label: 'Secret of signatures',
    description: 'Both sides sign with it; 32 characters or more.',
  }),
  timeout_ms: field(z.int().positive().max(5_000), {
    label: 'Longest wait for an answer, in milliseconds',
  }).default(3_000),
})
export type ExternalPageTenant = z.infer<typeof ExternalPageTenant>

/** What is set per digital service, besides what every intermediary is given. */
export const ExternalPageService = z.object({
  page_url: readBy(parsePageUrl, {
    label: 'Address of the page',
    description: 'Where it is another than the one of the public body.',
    placeholder: pageExample,
  }).optional(),
  due_type: field(z.string().trim().min(1).max(35), {
    label: 'Type of due',
    description: "One of the page's types, where its address asks for {due_type}.",
    placeholder: 'CANONE',
  }).optional(),
  description: field(z.string().trim().min(1).max(140), {
    label: 'Description',
    description:
      'What payers read on the page, where its address asks for {description}. The same for all: no names.',
  }).optional(),
})
export type ExternalPageService = z.infer<typeof ExternalPageService>

/** The page that payments of one digital service are paid at. */
export interface Page {
  readonly url: string
  readonly due_type?: string | undefined
  readonly description?: string | undefined
}

/** The tenant's form as validated; throws RejectedError('bad-configuration') naming the member. */
export const tenantOf = ({ tenant }: Configuration): ExternalPageTenant =>
  validated('tenant', ExternalPageTenant, tenant)

/** The page, with all that its address asks for; throws RejectedError('bad-configuration') naming the member. */
export function pageOf(configuration: Configuration): Page {
  const { page_url: ofTenant } = tenantOf(configuration)
  const service = validated('service', ExternalPageService, configuration.service)
  const { page_url: url = ofTenant, due_type, description } = service
  for (const [member, value] of Object.entries({ due_type, description })) {
    if (value !== undefined || !askedBy(url).has(member)) continue
    throw bad(`service.${member}`, 'the address of the page asks for it')
  }
  return { url, due_type, description }
}

function validated<Form>(name: string, schema: z.ZodType<Form>, input: unknown): Form {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw bad([name, ...(issue?.path ?? [])].join('.'), issue?.message ?? 'not valid')
}

const bad = (member: string, reason: string) =>
  new RejectedError('bad-configuration', `${member}: ${reason}`)
