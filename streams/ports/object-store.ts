/** An object as it is kept. */
export interface StoredObject {
  readonly key: string
  readonly bytes: number
  /** Of all its bytes; hexadecimal, lower case. */
  readonly sha256: string
  /** Strong, and as the header has it, with its quotes: other bytes have another one. */
  readonly etag: string
  /** `application/octet-stream` where nobody said. */
  readonly contentType: string
  /** Instant, by the clock of the store; S3 tells whole seconds. */
  readonly storedAt: string
}

/** An object as a list tells it. */
export type ListedObject = Pick<StoredObject, 'key' | 'bytes' | 'storedAt'>

/** Some of an object's bytes, as `slice` has it: from the first on, up to the one that is no more of it. */
export interface ByteRange {
  readonly from: number
  /** The end of the object where absent; what is beyond that is left out. */
  readonly to?: number
}

/** An object's facts and its bytes, or those that were asked for. */
export interface ReadObject {
  readonly object: StoredObject
  /** Read once, no faster than it is taken; whoever does not want it to its end leaves the loop. */
  readonly body: AsyncIterable<Uint8Array>
}

export interface PutOptions {
  readonly contentType?: string
  /** Gives up, and leaves nothing behind. Rejects with its reason. */
  readonly signal?: AbortSignal | undefined
}

/** A piece of an object that is composed: all bytes of another one, or bytes of its own. */
export type ObjectPart = { readonly key: string } | Uint8Array

/** What a link says beside the object it leads to. */
export interface ObjectLink {
  /** Instant: from then on it leads nowhere. At most seven days ahead. */
  readonly expiresAt: string
  /** The name under which a browser saves the object. */
  readonly filename: string
}

/** Bytes of an object that was begun and is not there: its writer was killed, or still writes. */
export interface AbandonedObject {
  readonly key: string
  /** Instant of the last trace of its writer; S3 only tells when it was begun. */
  readonly seenAt: string
  /** Removes what is there of it; a writer that is still at it fails. */
  abort(): Promise<void>
}

/**
 * Keeps objects by key, as S3 does. Keys are as `object-key.ts` says; a **prefix** is the empty text, or whole segments
 * of a key with a slash at their end, so that `exports/1/` is nothing of `exports/10/`.
 *
 * Who reads sees the former object or the new one, never a part of one. What was answered is there after a crash of the
 * process; how far beyond that, each driver says.
 *
 * Everything throws TransientError (away, slow, full, refused: a sentence an operator can act on); RejectedError: 'no-object'
 * (of a part that is missing), 'no-such-range' (it begins behind the end), 'object-too-large', 'damaged-object' (what is
 * kept of it cannot be read); and InvalidValueError for a key, prefix, range or link that is none. No message repeats a
 * link or a secret.
 */
export interface ObjectStore {
  /** Puts it all, or nothing of it; an object that is there already is replaced. */
  put(
    key: string,
    body: Uint8Array | AsyncIterable<Uint8Array>,
    options?: PutOptions,
  ): Promise<StoredObject>
  /** Only where there is none: of many who try at once, one has it `stored`. */
  putIfAbsent(key: string, bytes: Uint8Array, options?: PutOptions): Promise<'stored' | 'present'>
  /** Undefined: it is not there. */
  get(key: string, range?: ByteRange): Promise<ReadObject | undefined>
  head(key: string): Promise<StoredObject | undefined>
  /** Of what is gone already: success. */
  delete(key: string): Promise<void>
  /** Everything below a prefix that is not empty, unfinished objects included; how many objects it were. */
  deletePrefix(prefix: string): Promise<number>
  /** By key, in the order of their bytes. */
  list(prefix: string): AsyncIterable<ListedObject>
  /**
   * One object out of others and of bytes between them. They are not written again where the store can help it; they
   * are read once, for their checksum. The parts stay, and may be deleted afterwards.
   */
  compose(key: string, parts: readonly ObjectPart[], options?: PutOptions): Promise<StoredObject>
  /** A URL that gives the object to whoever has it, without asking who: never in a log, never on a topic. */
  signGet(key: string, link: ObjectLink): Promise<string>
  /** What was begun and not finished, of which the last trace is older than an instant. */
  abandoned(olderThan: string): AsyncIterable<AbandonedObject>
  /** Lets go of connections. */
  close(): Promise<void>
}
