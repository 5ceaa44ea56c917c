import { z } from 'zod'
import { refusal } from '#apps/exports-api/refusal'
import type { ExportNotify } from '#schemas/generated/types'
import { InvalidValueError } from '#schemas/values/invalid-value'
import { parseMailAddress } from '#schemas/values/mail-address'
import { type Language, languages } from '#streams/notifications/message-template'

/** Who is to be told what comes of a request, as its body says. */
export interface WantedNotify {
  readonly email: string | null
  readonly webhook: string | null
  readonly language: Language
}

export const webhookPattern = '^[a-z][a-z0-9-]{0,39}$'

const Email = z.string({ error: 'must be text' }).transform((text, context) => {
  try {
    return parseMailAddress(text)
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error
    context.addIssue({ code: 'custom', message: error.reason })
    return z.NEVER
  }
})

/** The member `notify`. Its language is that of the documents where nothing is said, if there are words in it. */
export const Notify = z
  .strictObject(
    {
      email: Email.nullish(),
      webhook: z
        .string({ error: 'must be text' })
        .regex(new RegExp(webhookPattern), 'must be the name of a webhook')
        .nullish(),
      language: z.enum(languages, { error: `must be one of ${languages.join(', ')}` }).optional(),
    },
    { error: 'must be an object with email, webhook or both' },
  )
  .refine(({ email, webhook }) => email != null || webhook != null, {
    error: 'must have email, webhook or both',
  })
  .nullish()

/** The language of what is said: the one that is named, else that of the documents, or the next to it. */
export function spokenTo(
  notify: z.output<typeof Notify>,
  languageOfDocuments: string,
): WantedNotify | null {
  if (notify == null) return null
  const { email = null, webhook = null, language = nextTo(languageOfDocuments) } = notify
  return { email, webhook, language }
}

const usual: Readonly<Record<string, Language>> = { es: 'es-CO', pt: 'pt-BR', it: 'it-IT' }

const nextTo = (tag: string): Language =>
  languages.find((one) => one === tag) ?? usual[tag.split('-')[0]!] ?? 'en'

/** That a webhook may be told of the exports of a tenant; `*` stands for every one. */
export interface WebhookGrant {
  readonly tenant: string
  readonly webhook: string
}

/** How this installation tells what comes of requests. */
export interface Notifying {
  /** The page of a request is this, a slash and its id; undefined where nobody is told anything. */
  readonly pageUrl: string | undefined
  readonly webhooks: readonly WebhookGrant[]
}

interface Of {
  readonly tenant_id: string
  readonly request_id: string
}

/**
 * Whom to tell, as it is put on the log; a webhook is one of those the settings give its tenant, and never an address that a
 * request names. Problem 422 where nobody is told anything here, or the tenant has no such webhook.
 */
export function notifyOf(
  { pageUrl, webhooks }: Notifying,
  { tenant_id, request_id }: Of,
  wanted: WantedNotify | null,
): ExportNotify | null {
  if (wanted === null) return null
  if (pageUrl === undefined) {
    throw refusal(422, {
      code: 'nobody-notified',
      detail: 'this installation tells nobody what comes of exports: leave notify out',
      pointer: '/notify',
    })
  }
  const known = webhooks
    .filter(({ tenant }) => tenant === tenant_id || tenant === '*')
    .map(({ webhook }) => webhook)
  if (wanted.webhook !== null && !known.includes(wanted.webhook)) {
    throw refusal(422, {
      code: 'no-such-webhook',
      detail: `the tenant has no such webhook; those it has are: ${known.join(', ') || 'none'}`,
      pointer: '/notify/webhook',
      known,
    })
  }
  return { ...wanted, page: `${pageUrl}/${request_id}` }
}
