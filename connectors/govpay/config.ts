import { z } from 'zod'
import { field, readBy, secret } from '#ports/configuration-form'
import { formReader } from '#core/read-form'
import { parseIban } from '#schemas/values/iban'
import { isSealed } from '#schemas/values/sealed'
import { belongTogether, isPrivateKey, parseCertificate } from '#connectors/govpay/pem'
import { IdDominio } from '#connectors/govpay/words'

const Code = (charactersMax: number) =>
  z
    .string()
    .regex(/^[\w.-]+$/)
    .max(charactersMax)
const Authentication = z.enum(['basic', 'ssl'])

const Tenant = z.object({
  base_url: field(z.url({ protocol: /^https?$/ }), {
    label: 'Address of GovPay',
    description: 'Up to and without /backend and /frontend.',
    placeholder: 'https://pay.example/govpay',
  }),
  application_id: field(z.string().regex(/^[\w-]{1,35}$/), {
    label: 'Application',
    description: 'The idA2A that the credentials belong to.',
    placeholder: 'A2A-CORRENTE',
  }),
  domain_id: field(IdDominio, {
    label: 'Domain',
    description: "The body's idDominio: its tax code of 11 digits.",
    placeholder: '01234567897',
  }),
  authentication: field(Authentication, {
    label: 'Authentication',
    description: 'basic: user and password; ssl: the client certificate.',
  }).default('basic'),
  payment_authentication: field(Authentication, {
    label: 'Authentication of the payment API',
    description: 'Where it differs: by default GovPay opens that API to client certificates alone.',
  }).optional(),
  username: field(z.string().regex(/^[^:]{1,255}$/, 'is not 1 to 255 characters without a colon'), {
    label: 'User',
  }).optional(),
  password: secret(z.string().min(1), { label: 'Password' }).optional(),
  client_certificate: readBy(parseCertificate, {
    label: 'Client certificate',
    description: 'PEM, with those between it and its authority.',
  }).optional(),
  client_key: secret(z.string().refine(isPrivateKey, 'is no private key in PEM'), {
    label: 'Key of the client certificate',
    description: 'PEM, without a passphrase.',
  }).optional(),
  server_authority: readBy(parseCertificate, {
    label: "Authority of GovPay's certificate",
    description: 'PEM; where it is not one that everybody trusts.',
  }).optional(),
  notify_username: field(z.string().regex(/^[^:]{1,255}$/), {
    label: 'User of notifications',
    description:
      'What GovPay shows when it notifies: HTTP Basic in the connector of the application.',
  }).optional(),
  notify_password: secret(z.string().min(16), {
    label: 'Password of notifications',
    description: '16 characters or more. Without it notifications are not taken.',
  }).optional(),
  expiry_grace_hours: field(z.int().min(0).max(720), {
    label: 'Hours after the deadline',
    description: 'For so long SCADUTA is not believed: money paid in time is told later.',
  }).default(24),
  timeout_ms: field(z.int().positive().max(3_500), {
    label: 'Longest wait for an answer, in milliseconds',
  }).default(3_000),
})

/** What a tenant's administrator gives: where GovPay is, who we are there, and the secrets agreed with it. */
export const GovpayTenant = Tenant.superRefine((tenant, context) => {
  for (const [member, reason] of faultsIn(tenant)) {
    context.addIssue({ code: 'custom', path: [member], message: reason })
  }
})
export type GovpayTenant = z.infer<typeof GovpayTenant>

/** What the mapping needs to know of a body. */
export const GovpayDomain = Tenant.pick({ domain_id: true })
export type GovpayDomain = z.infer<typeof GovpayDomain>

type Fault = readonly [member: string, reason: string]

const faultsIn = (tenant: z.infer<typeof Tenant>): readonly Fault[] => {
  const { authentication, payment_authentication = authentication, ...given } = tenant
  const missing = (member: keyof typeof given, reason: string): Fault[] =>
    given[member] === undefined ? [[member, `is missing: ${reason}`]] : []
  const ways = [authentication, payment_authentication]
  return [
    ...(ways.includes('basic') ? missing('username', 'basic authentication needs it') : []),
    ...(given.username === undefined ? [] : missing('password', 'the user has one')),
    ...(ways.includes('ssl') ? missing('client_certificate', 'ssl needs it') : []),
    ...(given.client_certificate === undefined ? [] : missing('client_key', 'its key')),
    ...keyFaults(given),
    ...(given.notify_password === undefined ? [] : missing('notify_username', 'both or neither')),
    ...(given.notify_username === undefined ? [] : missing('notify_password', 'both or neither')),
  ]
}

// A sealed key was held against the certificate when it was given.
const keyFaults = ({
  client_certificate: certificate,
  client_key: key,
}: Pick<z.infer<typeof Tenant>, 'client_certificate' | 'client_key'>): readonly Fault[] => {
  if (certificate === undefined || key === undefined || isSealed(key)) return []
  return belongTogether(certificate, key) ? [] : [['client_certificate', 'is of another key']]
}

/** What is set per digital service, besides what every intermediary is given. */
export const GovpayService = z
  .object({
    due_type: field(Code(35), {
      label: 'Type of due',
      description: "One of the body's types at GovPay (idTipoPendenza).",
      placeholder: 'TARI',
    }),
    unit_id: field(z.string().regex(/^[\w-]{1,35}$/), {
      label: 'Office',
      description: 'Its idUnitaOperativa, where the body has several.',
    }).optional(),
    revenue_code: field(Code(35), {
      label: 'Revenue code',
      description: 'A codEntrata of GovPay, which knows its account and taxonomy.',
    }).optional(),
    iban: readBy(parseIban, {
      label: 'IBAN',
      description:
        "In place of a revenue code: the body's account; the payment then says what is collected.",
    }).optional(),
    split_as: field(z.enum(['quotas', 'items']), {
      label: 'Shares of a payment become',
      description:
        'Quotas of one item, or items of their own whose revenue code is that of the share.',
    }).default('quotas'),
  })
  .superRefine(({ revenue_code, iban }, context) => {
    if (revenue_code === undefined || iban === undefined) return
    const message = 'is given besides a revenue code: one of them says where the money goes'
    context.addIssue({ code: 'custom', path: ['iban'], message })
  })
export type GovpayService = z.infer<typeof GovpayService>

/** The tenant's form as validated; throws RejectedError('bad-configuration') naming the member. */
export const tenantOf = formReader('tenant', GovpayTenant)

/** Of the tenant's form what a debt is composed with; throws as tenantOf does. */
export const domainOf = formReader('tenant', GovpayDomain)

/** The service's form as validated; throws RejectedError('bad-configuration') naming the member. */
export const serviceOf = formReader('service', GovpayService)
