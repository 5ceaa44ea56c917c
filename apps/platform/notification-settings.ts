import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { BearerTokens } from '#apps/platform/bearer-tokens'
import { SettingsError } from '#apps/platform/settings'
import { SmtpConfig } from '#connectors/smtp/index'
import { WebhooksConfig } from '#connectors/webhook/index'

/** `<name>=<url>,…`; what it refuses may hold a token and is not shown. */
const NamedUrls = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .refine((parts) => parts.every((part) => /^[^=\s]+=\S+$/.test(part)), {
    error: 'is no <name>=<url>,…',
    abort: true,
  })
  .transform((parts) =>
    parts.map((part) => {
      const at = part.indexOf('=')
      return { name: part.slice(0, at), url: part.slice(at + 1) }
    }),
  )

/** What the worker is told of those who take notifications. */
export const notificationEnvironment = {
  SMTP_URL: z.string().optional(),
  SMTP_FROM: z.string().optional(),
  SMTP_TLS: z.enum(['on', 'off']).default('on'),
  SMTP_CA_FILE: z.string().optional(),
  NOTIFICATION_WEBHOOKS: NamedUrls.default([]),
  NOTIFICATION_WEBHOOK_SECRETS: BearerTokens.default([]),
  NOTIFICATION_GIVE_UP_SECONDS: z.coerce.number().int().min(1).max(604_800).default(86_400),
}

type Given = z.infer<z.ZodObject<typeof notificationEnvironment>>

/** How notifications go out. */
export interface NotificationSettings {
  /** Undefined where no mail server is named: mails wait. */
  readonly smtp: SmtpConfig | undefined
  readonly webhooks: WebhooksConfig
  /** How long one is tried that nobody takes, milliseconds. */
  readonly giveUpAfterMs: number
}

/** The settings of an environment, checked whole, so that nothing wrong is found when a mail is due; throws SettingsError. */
export const notificationSettingsOf = (given: Given): NotificationSettings => ({
  smtp: smtpOf(given),
  webhooks: webhooksOf(given),
  giveUpAfterMs: 1_000 * given.NOTIFICATION_GIVE_UP_SECONDS,
})

const smtpNames: Readonly<Record<string, string>> = {
  url: 'SMTP_URL',
  from: 'SMTP_FROM',
  tls: 'SMTP_TLS',
}

function smtpOf({ SMTP_URL: url, SMTP_FROM: from, SMTP_TLS, SMTP_CA_FILE }: Given) {
  if (url === undefined) return undefined
  if (from === undefined) throw new SettingsError('SMTP_FROM is not set: say who mails are from')
  const authority = SMTP_CA_FILE === undefined ? {} : { authority: certificatesIn(SMTP_CA_FILE) }
  const config: SmtpConfig = { url, from, tls: SMTP_TLS, ...authority }
  checked(SmtpConfig, config, (member) => smtpNames[member] ?? member)
  return config
}

function certificatesIn(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new SettingsError(`SMTP_CA_FILE: ${path} cannot be read (${code})`)
  }
}

function webhooksOf(given: Given): WebhooksConfig {
  const secrets = given.NOTIFICATION_WEBHOOK_SECRETS
  const webhooks = given.NOTIFICATION_WEBHOOKS.map((one) => ({
    ...one,
    secrets: secrets.filter(({ name }) => name === one.name).map(({ token }) => token),
  }))
  const names = webhooks.map(({ name }) => name)
  const unsigned = webhooks.find((one) => one.secrets.length === 0)
  if (unsigned) {
    throw new SettingsError(`NOTIFICATION_WEBHOOK_SECRETS has no secret of ${unsigned.name}`)
  }
  const stray = secrets.find(({ name }) => !names.includes(name))
  if (stray) {
    throw new SettingsError(`NOTIFICATION_WEBHOOK_SECRETS: there is no webhook ${stray.name}`)
  }
  const config: WebhooksConfig = { webhooks }
  checked(WebhooksConfig, config, () => 'NOTIFICATION_WEBHOOKS')
  return config
}

function checked(schema: z.ZodType, config: unknown, nameOf: (member: string) => string): void {
  const { error } = schema.safeParse(config)
  const sentences = error?.issues.map(
    ({ path, message }) => `${nameOf(String(path[0]))}: ${message}`,
  )
  if (sentences) throw new SettingsError(sentences.join('; '))
}
