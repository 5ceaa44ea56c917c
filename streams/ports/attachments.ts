/** Where a file lies that goes with a notification. */
export interface AttachmentReference {
  readonly object_key: string
  /** Of its bytes, 64 hex digits. */
  readonly sha256: string
}

/**
 * Files that go with notifications. Throws RejectedError: 'no-attachment' where there is no such file any more,
 * 'attachment-differs' where its digest is another, 'attachment-too-large' for a mail; TransientError where it cannot be
 * read now.
 */
export interface Attachments {
  bytesOf(reference: AttachmentReference, signal: AbortSignal): Promise<Uint8Array>
}
