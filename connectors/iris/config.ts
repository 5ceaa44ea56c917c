import { z } from 'zod'
import { RejectedError } from '#core/errors'
import { field, secret } from '#ports/configuration-form'
import type { TlsIdentity } from '#core/outgoing-agents'
import type { Configuration } from '#ports/intermediary'

const address = z.url({ protocol: /^https?$/ })
const text35 = z.string().trim().min(1).max(35)
/** What IRIS calls IdentificativoIdp: no hyphen in it. */
export const Identifier = z.string().regex(/^[a-zA-Z0-9._]{1,35}$/)

/** What a tenant's administrator gives: where IRIS is, who the body is there, and the secrets agreed with it. */
export const IrisTenant = z.object({
  positions_url: field(address, {
    label: 'Address that takes pendencies',
    description: 'The service IdpAllineamentoPendenzeEnteOTF.',
    placeholder: 'https://iris.example/SPCComunicazionePosizioniDebitorieOTF-v3',
  }),
  status_url: field(address, {
    label: 'Address that tells the state of payments',
    description: 'The service IdpVerificaStatoPagamenti.',
    placeholder: 'https://iris.example/SPCVerificaStatoPagamento-v3',
  }),
  notices_url: field(address, {
    label: 'Address that prints notices',
    description: 'The service GenerazioneAvvisi, where there is one; else there are no notices.',
    placeholder: 'https://iris.example/pagoumbriagenerazioneavvisi/1.0',
  }).optional(),
  username: field(z.string().trim().min(1), {
    label: 'User of the application at IRIS',
    description: 'For HTTP Basic.',
  }),
  password: secret(z.string().min(1), { label: 'Password of the application at IRIS' }),
  client_certificate: field(z.string().includes('BEGIN CERTIFICATE'), {
    label: 'Certificate of the application, PEM',
    description: 'Where IRIS asks for one; then its key, too.',
  }).optional(),
  client_key: secret(z.string().includes('PRIVATE KEY'), {
    label: 'Private key of the certificate, PEM',
  }).optional(),
  sender_id: field(Identifier, {
    label: 'Id of the body at IRIS',
    description: 'What IRIS calls SenderId and Mittente.',
    placeholder: 'BUGLIANO',
  }),
  sender_system: field(text35, {
    label: 'System of the body at IRIS',
    description: 'What IRIS calls SenderSys.',
    placeholder: 'SIL_BUGLIANO',
  }),
  receiver_id: field(text35, { label: 'Id of IRIS itself' }).default('iris'),
  receiver_system: field(text35, { label: 'System of IRIS itself' }).default('SIL_iris_ITR'),
  version: field(z.enum(['01.03-02', '01.03-03', '01.03-04']), {
    label: 'Version of the messages',
    description: 'With 01.03-04 the address of the payer is told, too.',
  }).default('01.03-02'),
  segregation_code: field(z.string().regex(/^\d\d$/, 'is not two digits'), {
    label: 'Segregation code',
    description:
      "The two digits pagoPA gave the body's station at IRIS. Notice numbers are made with it.",
    placeholder: '01',
  }),
  notify_username: field(z.string().trim().min(1), {
    label: 'User of notifications',
    description: 'With whom IRIS tells of payments, by HTTP Basic. Absent: none is believed.',
  }).optional(),
  notify_password: secret(z.string().min(12), {
    label: 'Password of notifications',
    description: '12 characters or more.',
  }).optional(),
  timeout_ms: field(z.int().positive().max(5_000), {
    label: 'Longest wait for an answer, in milliseconds',
  }).default(3_000),
})
export type IrisTenant = z.infer<typeof IrisTenant>

/** What is set per digital service, besides what every intermediary is given. */
export const IrisService = z.object({
  due_type: field(text35, {
    label: 'Type of pendency',
    description: "One of the body's at IRIS, TipoPendenza. It must let a pendency be told again.",
    placeholder: 'CANONE_UNICO',
  }),
  item_type: field(text35, {
    label: 'Type of the items of a pendency',
    description: 'What IRIS calls Tipo of a Voce.',
  }).default('ONERI'),
  item_code: field(text35, {
    label: 'Code of the item',
    description: 'Where the service has no shares of the budget.',
  }).default('000'),
})

const Share = z.object({
  split_id: z.string(),
  split_budget_chapter: z.string().optional(),
  split_assessment: z.string().optional(),
  split_amount: z.number().optional(),
})
export type Share = z.infer<typeof Share>

// The shares of the budget and the body's tax code are what every intermediary is given.
const WholeService = IrisService.extend({ split: z.array(Share).default([]) })
export type IrisService = z.infer<typeof WholeService>

const Creditor = z.object({
  tax_identification_number: z.string().regex(/^\d{11}$/, 'is not 11 digits'),
})

/** The tenant's form as validated; throws RejectedError('bad-configuration') naming the member. */
export const tenantOf = ({ tenant }: Configuration): IrisTenant =>
  validated('tenant', IrisTenant, tenant)

/** The service's form as validated; throws RejectedError('bad-configuration') naming the member. */
export const serviceOf = ({ service }: Configuration): IrisService =>
  validated('service', WholeService, service)

/** The tax code of the body; throws RejectedError('bad-configuration') where it was not given. */
export const creditorOf = ({ tenant }: Configuration): string =>
  validated('tenant', Creditor, tenant).tax_identification_number

/** The certificate to show, if any; throws RejectedError('bad-configuration') where half of it is missing. */
export const identityOf = (tenant: IrisTenant): TlsIdentity | undefined => {
  const { client_certificate: cert, client_key: key } = tenant
  if (cert === undefined && key === undefined) return undefined
  if (cert !== undefined && key !== undefined) return { cert: inLines(cert), key: inLines(key) }
  const missing = cert === undefined ? 'client_certificate' : 'client_key'
  throw bad(`tenant.${missing}`, 'is missing beside the other half')
}

/** PEM with its line ends, which a field of one line loses. */
const inLines = (pem: string): string =>
  pem.replace(
    /(-----BEGIN [^-]+-----)([^-]+)(-----END [^-]+-----)/g,
    (_whole, begin: string, body: string, end: string) =>
      `${begin}\n${body.replace(/\s+/g, '')}\n${end}\n`,
  )

const validated = <Form>(name: string, schema: z.ZodType<Form>, input: unknown): Form => {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw bad([name, ...(issue?.path ?? [])].join('.'), issue?.message ?? 'not valid')
}

const bad = (member: string, reason: string) =>
  new RejectedError('bad-configuration', `${member}: ${reason}`)
