/** Where a file lies that goes with a notification. */
export interface AttachmentReference {
  /** On whose behalf the notification is; empty where it is on nobody's. */
  readonly tenant_id: string
  readonly object_key: string
  /** Of its bytes, 64 hex digits. */
  readonly sha256: string
}

export interface AttachmentLimits {
  /** How large it may be. */
  readonly bytesMax: number
  readonly signal: AbortSignal
}

/**
 * Files that go with notifications. Throws RejectedError: 'attachment-not-allowed' where it is none of this tenant's,
 * 'no-attachment' where there is no such file any more, 'attachment-too-large', 'attachment-differs' where its digest is
 * another; TransientError where it cannot be read now, which speaks against no mail server.
 */
export interface Attachments {
  bytesOf(reference: AttachmentReference, limits: AttachmentLimits): Promise<Uint8Array>
}
