import { Piscina } from 'piscina'
import type { Answer } from '#apps/platform/printing-thread'
import { RejectedError, TransientError } from '#core/errors'
import type { ChunkPrinter } from '#ports/chunk-printer'

export interface PrintingPool extends ChunkPrinter {
  close(): Promise<void>
}

interface Options {
  /** Chunks printed at once. */
  readonly threads: number
  /** The program of a thread. */
  readonly entry?: URL
  /** A chunk that needs more ends its thread, and not the process; megabytes. */
  readonly heapMbMax?: number
}

const printing = () => new URL('./printing-thread.js', import.meta.url)

/** What a document leaves behind is gone with it: a larger nursery would only be filled before it is emptied. */
const youngMbMax = 16

/** Threads that have nothing to print for so long end and give their memory back, milliseconds. */
const idleMsMax = 30_000

/** Prints in threads of their own, which are there while there is something to print. */
export function printingPool(options: Options): PrintingPool {
  const { threads, entry = printing(), heapMbMax = 128 } = options
  const pool = new Piscina({
    filename: entry.href,
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: idleMsMax,
    resourceLimits: { maxOldGenerationSizeMb: heapMbMax, maxYoungGenerationSizeMb: youngMbMax },
  })
  return {
    async print(chunk, signal) {
      const answer = await answerOf(pool.run(chunk, { signal }) as Promise<Answer>)
      if ('printed' in answer) return answer.printed
      throw new RejectedError(answer.refused.code, answer.refused.message)
    },
    close: () => pool.destroy(),
  }
}

/** What went wrong with a thread says nothing against the chunk: it is printed again. */
const answerOf = (answer: Promise<Answer>): Promise<Answer> =>
  answer.catch((error: Error) => {
    throw new TransientError(`a thread that prints ended: ${error.message}`)
  })
