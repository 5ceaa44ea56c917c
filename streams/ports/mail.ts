/** A file in a mail. */
export interface MailAttachment {
  readonly file_name: string
  readonly bytes: Uint8Array
}

/** A mail as it is to be read; its sender is the sender's. */
export interface Mail {
  /** The same for each try: the Message-ID is made of it, by which receivers tell that a mail came twice. */
  readonly notification_id: string
  /** An address as `parseMailAddress` takes it. */
  readonly address: string
  /** One line. */
  readonly subject: string
  readonly text: string
  /** The same as a page of its own. */
  readonly html: string
  /** A BCP 47 tag, such as es-PE. */
  readonly language: string
  /** When it was asked for: the date of the mail, the same for each try. */
  readonly dated_at: Date
  readonly attachments: readonly MailAttachment[]
}

/**
 * Hands mails to a mail server. Resolves once the server took one; that it reaches its reader is not known. Throws
 * RejectedError('smtp-5xx') where the server refuses this mail or its address for good, and TransientError for all else:
 * no answer, "later", our credentials or sender refused, a connection that is lost, even after the mail went out, when
 * nobody knows whether it was taken. The words of the server may name persons and are repeated by neither.
 */
export interface MailServer {
  send(mail: Mail, signal: AbortSignal): Promise<void>
}
