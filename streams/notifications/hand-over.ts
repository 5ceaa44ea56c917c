import { RejectedError } from '#core/errors'
import type { Attachments } from '#ports/attachments'
import type { MailAttachment, MailServer } from '#ports/mail'
import type { Webhooks } from '#ports/webhooks'
import type { Notification } from '#schemas/generated/types'
import { instantOf } from '#schemas/values/date-time'
import { InvalidValueError } from '#schemas/values/invalid-value'
import { readJson } from '#schemas/values/json-text'
import { parseMailAddress } from '#schemas/values/mail-address'
import { composed } from '#streams/notifications/message-template'
import { templateNameOf, templateOf } from '#streams/notifications/templates'

/** Who takes notifications, each by its channel. */
export interface Receivers {
  readonly mailServer: MailServer
  readonly webhooks: Webhooks
  readonly attachments: Attachments
}

/**
 * What the files of a mail may have together, bytes. In a mail they are a third larger, and many mail servers take 10 MB.
 */
const filesBytesMax = 5_000_000

/**
 * Gives a notification to whoever takes it on its way; resolves once it was taken. Throws as the ports do, and
 * RejectedError for what no try would mend: the template, its variables, the address, a file. No error names a person.
 */
export async function handOver(
  { mailServer, webhooks, attachments }: Receivers,
  notification: Notification,
  signal: AbortSignal,
): Promise<void> {
  const { template, template_version, language, data } = notification
  // A webhook gets variables and no text: what a template wants is wanted of both.
  const message = composed(templateOf(template, template_version), language, data)
  if (notification.channel === 'Webhook') {
    const { name } = notification.webhook
    return webhooks.post({ name, body: bodyOf(notification) }, signal)
  }
  const { notification_id, event_created_at } = notification
  const mail = {
    ...message,
    notification_id,
    address: addressOf(notification.email.address),
    dated_at: new Date(instantOf(event_created_at)),
    attachments: await filesOf(notification, attachments, signal),
  }
  await mailServer.send(mail, signal)
}

/** What receivers of webhooks get; the same text for each try. */
const bodyOf = (notification: Notification): string => {
  const { notification_id, template, template_version, event_created_at } = notification
  return JSON.stringify({
    id: notification_id,
    type: templateNameOf({ name: template, version: template_version }),
    created_at: event_created_at,
    language: notification.language,
    data: readJson(notification.data),
    attachments: notification.attachments,
  })
}

function addressOf(text: string): string {
  try {
    return parseMailAddress(text)
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error
    throw new RejectedError('malformed-address', `the address ${error.reason}`)
  }
}

// One after the other: what the first ones leave is what the next may have.
async function filesOf(
  { tenant_id, attachments: references }: Notification,
  attachments: Attachments,
  signal: AbortSignal,
): Promise<readonly MailAttachment[]> {
  const files: MailAttachment[] = []
  let bytesMax = filesBytesMax
  for (const { file_name, ...reference } of references) {
    const bytes = await attachments.bytesOf({ tenant_id, ...reference }, { bytesMax, signal })
    bytesMax -= bytes.length
    files.push({ file_name, bytes })
  }
  return files
}
