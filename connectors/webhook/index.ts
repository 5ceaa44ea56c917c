import { webhookClient } from '#connectors/webhook/client'
import { WebhooksConfig } from '#connectors/webhook/config'
import { checkAnswer } from '#connectors/webhook/mapping'
import { signatureHeader, signatureOf } from '#connectors/webhook/signature'
import { TransientError } from '#core/errors'
import type { Webhooks } from '#ports/webhooks'

export { WebhooksConfig } from '#connectors/webhook/config'

/** The webhooks of an installation, each at its address. Throws where the configuration is wrong. */
export function signedWebhooks(config: WebhooksConfig): Webhooks {
  const { webhooks, timeout_ms } = WebhooksConfig.parse(config)
  const client = webhookClient({ timeout_ms })
  return {
    async post({ name, body }, signal) {
      const webhook = webhooks.find((one) => one.name === name)
      if (!webhook) {
        const isOfParty = false
        throw new TransientError('the settings have no webhook of this name', { isOfParty })
      }
      const headers = { [signatureHeader]: signatureOf(body, webhook.secrets, new Date()) }
      checkAnswer(name, await client.post({ url: webhook.url, body, headers, signal }))
    },
  }
}
