import type { Template } from '#ports/templates'

/** Movements of an export that are printed together. */
export interface ChunkToPrint {
  readonly template: Template
  readonly language: string
  /** What all chunks of the export are read and printed by. */
  readonly plan: {
    readonly format: { readonly columns: readonly string[]; readonly separator: ',' | ';' }
    readonly characters: string
  }
  /** Where the movements lie in their file, from the first byte to before `to`. */
  readonly chunk: {
    readonly number: number
    readonly firstRecord: number
    readonly firstLine: number
    readonly records: number
    readonly from: number
    readonly to: number
  }
  /** The bytes there. */
  readonly csv: Uint8Array
  /** Instant: the date of the items in the archive. */
  readonly asOf: string
}

/** A movement that has no document: why, and never what it is. */
export interface FailedDocument {
  /** Number of its record in the file of movements, from 0. */
  readonly record: number
  /** Its own reference; empty where it has none. */
  readonly reference: string
  readonly code: string
  /** The field that is wrong; null where it is not one. */
  readonly field: string | null
}

export interface PrintedChunk {
  /** A piece of the archive. */
  readonly segment: Uint8Array<ArrayBuffer>
  /** What is in it, and what is not. */
  readonly index: Uint8Array<ArrayBuffer>
  readonly rendered: number
  readonly failed: readonly FailedDocument[]
}

/**
 * Prints chunks beside whatever else the process does, and hands each to `use`: when that has ended its bytes are
 * overwritten by others. Throws RejectedError where the template cannot be used at all, and where the bytes are not those of the chunk;
 * TransientError where nothing came of it in time; and what `use` throws.
 */
export interface ChunkPrinter {
  print<Result>(
    chunk: ChunkToPrint,
    signal: AbortSignal,
    use: (printed: PrintedChunk) => Promise<Result>,
  ): Promise<Result>
}
