import { z } from 'zod'
import { field, secret } from '#ports/configuration-form'
import { formReader } from '#core/read-form'
import type { Configuration } from '#ports/intermediary'

/** What a tenant's administrator gives: where MyPay is, who the body is there, and the secrets agreed with it. */
export const MypayTenant = z.object({
  base_url: field(z.url({ protocol: /^https?$/ }), {
    label: 'Address of the SOAP service of MyPay',
    placeholder: 'https://mypay.example/ws/pa/PagamentiTelematiciDovutiPagati',
  }),
  ipa_code: field(z.string().trim().min(1).max(35), {
    label: 'Code of the body at MyPay',
    description: 'What MyPay calls codIpaEnte.',
    placeholder: 'C_B262',
  }),
  password: secret(z.string().min(8).max(15), {
    label: 'Password of the body',
    description: 'As MyPay gave it; 8 to 15 characters.',
  }),
  segregation_code: field(z.string().regex(/^\d\d$/, 'is not two digits'), {
    label: 'Segregation code',
    description:
      "The two digits pagoPA gave the body's station at MyPay. Notice numbers are made with it.",
    placeholder: '01',
  }),
  notify_secret: secret(z.string().min(16), {
    label: 'Secret of notifications',
    description:
      'What MyPay signs the tokens of its notifications with; 16 characters or more. Absent: none is believed.',
  }).optional(),
  timeout_ms: field(z.int().positive().max(5_000), {
    label: 'Longest wait for an answer, in milliseconds',
  }).default(3_000),
})
export type MypayTenant = z.infer<typeof MypayTenant>

/** What is set per digital service, besides what every intermediary is given. */
export const MypayService = z.object({
  due_type: field(z.string().trim().min(1).max(64), {
    label: 'Type of due',
    description: "One of the body's types at MyPay; MARCA_BOLLO_DIGITALE for digital stamps.",
    placeholder: 'CANONE_UNICO',
  }),
})
export type MypayService = z.infer<typeof MypayService>

/** The type MyPay itself has for digital stamps: they are of no other, and no other dues are of it. */
export const stampDueType = 'MARCA_BOLLO_DIGITALE'

/** Whether the service sells digital stamps. */
export const sellsStamps = ({ service }: Configuration): boolean =>
  MypayService.safeParse(service).data?.due_type === stampDueType

const Creditor = z.object({ tax_identification_number: z.string().optional() })

/** The tenant's form as validated; throws RejectedError('bad-configuration') naming the member. */
export const tenantOf = formReader('tenant', MypayTenant)

/** Of the tenant's form what a due is composed with; throws as tenantOf does. */
export const numberingOf = formReader('tenant', MypayTenant.pick({ segregation_code: true }))

/** The tax code of the body, of what every intermediary is given; undefined where it was not. */
export const creditorOf = ({ tenant }: Configuration): string | undefined =>
  Creditor.safeParse(tenant).data?.tax_identification_number

/** The service's form as validated; throws RejectedError('bad-configuration') naming the member. */
export const serviceOf = formReader('service', MypayService)
