import { createHash } from 'node:crypto'
import MailComposer from 'nodemailer/lib/mail-composer/index.js'
import type { SmtpFailure } from '#connectors/smtp/client'
import type { Sender } from '#connectors/smtp/config'
import { RejectedError, TransientError } from '#core/errors'
import type { Mail } from '#ports/mail'

const digestOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32)

/** The Message-ID of a notification: the same for each try, and nothing of its id in it. */
export const messageIdOf = (notificationId: string, { address }: Sender): string =>
  `<${digestOf(notificationId)}@${address.split('@')[1]}>`

/** The mail as bytes, the same for each try: as text and as HTML, and its files. It reads no file and no address. */
export const toMessage = (mail: Mail, from: Sender): Promise<Buffer> =>
  new MailComposer({
    from: { name: from.name, address: from.address },
    to: { name: '', address: mail.address },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    date: mail.dated_at,
    messageId: messageIdOf(mail.notification_id, from),
    headers: {
      'Content-Language': mail.language,
      // RFC 3834: nobody's absence is told to us.
      'Auto-Submitted': 'auto-generated',
    },
    attachments: mail.attachments.map(({ file_name, bytes }) => ({
      filename: file_name,
      content: Buffer.from(bytes),
    })),
    baseBoundary: digestOf(`boundary of ${mail.notification_id}`),
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build()

/** What is said of this mail; all else is said of us, or of the server. */
const aboutTheMail: readonly string[] = ['RCPT TO', 'DATA']
/** Even there these are about our credentials. */
const aboutUs: readonly number[] = [530, 534, 535, 538]

/** What a failure means for a notification; see `MailServer`. */
export function toError({ status, command, code, isUnknown }: SmtpFailure): Error {
  if (status === undefined) {
    return new TransientError(
      isUnknown
        ? `the mail server was lost after the mail went out, which it may have taken (${code})`
        : `the mail server gave no answer (${code})`,
    )
  }
  const answered = `the mail server answered ${status} to ${command}`
  const isOfMail = aboutTheMail.includes(command) && !aboutUs.includes(status) && status !== 421
  if (isOfMail && status >= 500) return new RejectedError(`smtp-${status}`, answered)
  return new TransientError(answered, { isOfParty: !isOfMail })
}
