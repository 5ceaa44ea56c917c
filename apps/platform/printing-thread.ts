import { move, transferableSymbol, valueSymbol } from 'piscina'
import { pdfTemplates } from '#connectors/pdf-compiled/index'
import { RejectedError } from '#core/errors'
import type { ChunkToPrint, PrintedChunk } from '#ports/chunk-printer'
import { chunkPrinting } from '#streams/exports/print-chunk'

/** What a thread answers; errors lose their class on the way. */
export type Answer =
  | { readonly printed: PrintedChunk }
  | { readonly refused: { readonly code: string; readonly message: string } }

const print = chunkPrinting(pdfTemplates)

/** What a thread is given: a chunk, and a buffer that is its own from then on. */
export interface Task {
  readonly chunk: ChunkToPrint
  readonly into: ArrayBuffer | undefined
}

/** The program of a thread that prints: a chunk in, a piece of the archive out, without a copy. */
export default function answered({ chunk, into }: Task): unknown {
  try {
    const printed = print(chunk, into)
    return move({
      get [transferableSymbol]() {
        return [printed.segment.buffer, printed.index.buffer]
      },
      get [valueSymbol]() {
        return { printed }
      },
    })
  } catch (error) {
    if (!(error instanceof RejectedError)) throw error
    return { refused: { code: error.code, message: error.message } } satisfies Answer
  }
}
