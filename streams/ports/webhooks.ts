/** What a webhook is told. */
export interface WebhookEvent {
  /** Its name in the settings. */
  readonly name: string
  /** JSON text, the same for each try: this and no other spelling of it is signed. */
  readonly body: string
}

/**
 * Posts events to addresses of the settings, signed with the secret of each. Resolves where a receiver took one (2xx).
 * Throws RejectedError('webhook-410') where the receiver wants no more of it, and TransientError for all else: redirects,
 * answers that are late, a name that the settings do not have yet.
 */
export interface Webhooks {
  post(event: WebhookEvent, signal: AbortSignal): Promise<void>
}
