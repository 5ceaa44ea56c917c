import type { ConfigurationForms } from '#ports/configuration-form'
import type { Payer, Payment } from '#schemas/generated/types'

/** What an administrator configured for a tenant and one of its digital services. */
export interface Configuration {
  /** Members of the tenant's form, as the connector's schema validated them. */
  readonly tenant: unknown
  /** Members of the service's form. */
  readonly service: unknown
}

/** The addresses the intermediary is told: where to send the payer back, where to report. */
export interface Addresses {
  readonly landing: string
  readonly notify: string
}

/** The intermediary's record that a sum is owed. Numbers are kept as it gave them; null where it gives none. */
export interface DebtPosition {
  readonly notice_code: string | null
  readonly iuv: string | null
}

/** An open sum that the intermediary lists, whoever had it opened. */
export interface Due {
  /** Its key there, as the intermediary spells it: what it is asked by later. */
  readonly iud: string
  readonly notice_code: string | null
  readonly iuv: string | null
  /** Integer cents. */
  readonly amount: number
  readonly currency: string
  readonly reason: string | null
  readonly created_at: string | null
  readonly expire_at: string | null
}

/** What a debt is known by: its key at the intermediary, and its number at the creditor, null where it has none. */
export interface DebtKeys {
  readonly iud: string
  readonly iuv: string | null
}

/** What a payer is about to pay at a page of the intermediary. */
export interface OnlinePayment extends DebtKeys {
  /** Integer cents; null where the payment names no sum. */
  readonly amount: number | null
  readonly currency: string
  readonly expire_at: string | null
  /** What is owed, since when and by whom: for those that are told the whole debt again at each click. */
  readonly reason: string | null
  readonly created_at: string
  readonly payer: Payer
  /** pagoPA's taxonomy of what is collected. */
  readonly pagopa_category: string | null
  /** Digest of the document that a digital stamp is for; null of all else. */
  readonly document_hash: string | null
  /** Null where the payment does not begin at our proxy, so that nobody knows how that is reached. */
  readonly addresses: Addresses | null
}

/** The intermediary's word on the money; an unknown word is `pending`. */
export type Settlement =
  | { readonly state: 'pending' | 'refused' | 'expired' | 'cancelled' }
  | {
      readonly state: 'settled'
      readonly transaction_id: string | null
      readonly paid_at: string
      readonly amount: number
    }

/** One reported settlement: of which debt position, and the word on it. */
export interface ReportedSettlement {
  readonly iud: string
  readonly settlement: Settlement
  /**
   * True where it was said before, as a rule: a message that came already, or a later stage of money that is told at
   * each of its stages. It is taken as a check is: it completes what is open, and says nothing of what is complete.
   */
  readonly isRepeated?: boolean
}

/** A notification as it came over HTTP. `body` is the raw text: signatures cover bytes. */
export interface Notification {
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string
}

/** What became of a notification: how many settlements were taken, or why none was believed. */
export type NotificationResult =
  | { readonly taken: number }
  | { readonly refused: { readonly status: number; readonly detail: string } }

/** What an intermediary is answered when it has reported something. */
export interface NotificationAnswer {
  readonly status: number
  /** Media type with its charset. */
  readonly type: string
  readonly body: string
}

/** Where an intermediary reports by itself, and how. */
export interface NotificationForm {
  /** Each below `/<connector>/notify`, as Express writes paths. */
  readonly routes: readonly { readonly method: 'post' | 'put'; readonly path: string }[]
  /**
   * Pure: the iuds a body names, before anybody is believed; nothing where it is unreadable. Absent: every word of
   * the body that could be one.
   */
  namedIn?(body: string): readonly string[]
  /** What it is answered; absent: JSON, and a problem (RFC 9457) where it was refused. */
  answer?(result: NotificationResult): NotificationAnswer
}

/**
 * An intermediary reached with one configuration. `iud` is the key at the intermediary and makes a repeated call
 * harmless: 32 hex digits of what was born here, the `iud` of its `Due` of what was not, or the 18 digits of its notice
 * code where nobody told that. Throws TransientError (outcome unknown or try later) or RejectedError (said no).
 * A method that is absent is a capability it does not have.
 */
export interface Intermediary {
  openDebtPosition(
    request: string,
    addresses: Addresses,
    signal?: AbortSignal,
  ): Promise<DebtPosition>
  /** The position an earlier try of this request opened; undefined where there surely is none. */
  findDebtPosition(request: string, signal?: AbortSignal): Promise<DebtPosition | undefined>
  findSettlement(iud: string, signal?: AbortSignal): Promise<Settlement>
  /** Where the payer's browser goes to pay now. */
  beginOnlinePayment(
    payment: OnlinePayment,
    signal?: AbortSignal,
  ): Promise<{ readonly url: string }>
  fetchNotice?(debt: DebtKeys, signal?: AbortSignal): Promise<Uint8Array>
  fetchReceipt?(iud: string, signal?: AbortSignal): Promise<Uint8Array>
  /** The open dues of a person for the configured service, ours among them; all pages of them. */
  findDues?(taxCode: string, signal?: AbortSignal): Promise<readonly Due[]>
  /** Verifies and reads a notification; RejectedError('bad-signature' | 'bad-notification'). */
  readNotification?(notification: Notification): readonly ReportedSettlement[]
}

/** Tries a configuration out, leaving nothing behind. Throws as an intermediary does, without a secret in its words. */
export interface Probe {
  /** Where the intermediary is. */
  readonly url: string
  /** Asks it something that only credentials it takes are answered. */
  tryCredentials(signal: AbortSignal): Promise<void>
  /** Opens a debt position and cancels it; absent where it cannot cancel. */
  openAndCancel?(signal: AbortSignal): Promise<void>
}

/** An outside party that opens debt positions: how to talk to it, and the pure mapping before that. */
export interface IntermediaryConnector {
  readonly name: string
  /** What an administrator gives, besides what every intermediary is given. */
  readonly forms: ConfigurationForms
  /** Absent: it POSTs to `/<its name>/notify`. */
  readonly notifications?: NotificationForm
  /**
   * Pure: the complete business request as JSON text, the same for the same payment and configuration, so
   * that the retry of an unknown outcome sends the same content. No credentials, no clock.
   * Throws RejectedError where the payment cannot be expressed, 'bad-configuration' where the forms are wrong.
   */
  composeOpening(payment: Payment, configuration: Configuration): string
  /**
   * Throws RejectedError('bad-configuration') naming the member that is wrong, of those it uses: debts that are
   * open are followed whatever became of the rest.
   */
  connect(configuration: Configuration): Intermediary
  /** Absent where it cannot be tried out. Throws as `connect` does. */
  probe?(configuration: Configuration): Probe
}
