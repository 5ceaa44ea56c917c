/** What a webhook is told. */
export interface WebhookEvent {
  /** Its name in the settings. */
  readonly name: string
  /** JSON text, the same for each try: this and no other spelling of it is signed. */
  readonly body: string
}

/**
 * Posts events to addresses of the settings, signed with the secret of each. Resolves where a receiver took one (2xx).
 * Throws RejectedError: 'unknown-webhook' where the settings have no such name, 'webhook-410' where the receiver wants no more
 * of it; TransientError for all else, redirects and answers that are late included.
 */
export interface Webhooks {
  post(event: WebhookEvent, signal: AbortSignal): Promise<void>
}
