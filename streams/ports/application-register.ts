/** What the register of applications is told of a payment: OK moves the application on, KO ends it. */
export interface PaymentOutcome {
  readonly status: 'OK' | 'KO'
  readonly status_code: string
  readonly status_message: string
  readonly data: Readonly<Record<string, string>>
}

/** How the register took the outcome. `not-waiting`: the application is not in 1500 or 1510. */
export type OutcomeAnswer = 'accepted' | 'not-waiting'

/**
 * The Core's register of applications. Throws TransientError (no answer of its own, 429, 5xx, 401, 403: ours to
 * mend) or RejectedError (it says that the application is unknown or the outcome malformed).
 */
export interface ApplicationRegister {
  /** POSTs to the application's own notify URL, `payment_data.notify`. */
  reportOutcome(url: string, outcome: PaymentOutcome, signal?: AbortSignal): Promise<OutcomeAnswer>
  /** The application's numeric status, e.g. 1520; the URL is the notify URL without `/payment`. */
  findStatus(url: string, signal?: AbortSignal): Promise<number>
}
