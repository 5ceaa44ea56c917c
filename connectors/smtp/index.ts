import { SmtpFailure, smtpClient } from '#connectors/smtp/client'
import { SmtpConfig } from '#connectors/smtp/config'
import { toError, toMessage } from '#connectors/smtp/mapping'
import { TransientError } from '#core/errors'
import type { MailServer } from '#ports/mail'

export { SmtpConfig } from '#connectors/smtp/config'

/** A mail server that is spoken to by SMTP. Throws where the configuration is wrong. */
export function smtpMailServer(config: SmtpConfig): MailServer {
  const server = SmtpConfig.parse(config)
  const client = smtpClient(server)
  return {
    async send(mail, signal) {
      const message = await toMessage(mail, server.from)
      const envelope = { from: server.from.address, to: mail.address, message }
      try {
        await client.deliver(envelope, signal)
      } catch (error) {
        throw error instanceof SmtpFailure ? toError(error) : error
      }
    },
  }
}

/** In the place of a mail server that is not configured: mails wait, and say for what. */
export const missingMailServer: MailServer = {
  async send() {
    throw new TransientError('SMTP_URL is not set, so that mails wait: name the mail server')
  },
}
