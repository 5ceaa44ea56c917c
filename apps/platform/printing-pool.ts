import { setFlagsFromString } from 'node:v8'
import { Piscina } from 'piscina'
import type { Answer, Task } from '#apps/platform/printing-thread'
import { RejectedError, TransientError } from '#core/errors'
import type { ChunkPrinter, PrintedChunk } from '#ports/chunk-printer'

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

const threadProgram = () => new URL('./printing-thread.js', import.meta.url)

/** What a document leaves behind is gone with it: a larger nursery would only be filled before it is emptied. */
const youngMbMax = 6

/** Threads that have nothing to print for so long end and give their memory back, milliseconds. */
const idleMsMax = 30_000

/**
 * Prints in threads of their own, which are there while there is something to print. The buffer of a piece goes back to
 * whoever prints the next one: new ones of some megabytes each would lie about until garbage is collected.
 */
export function printingPool(options: Options): PrintingPool {
  const { threads, entry = threadProgram(), heapMbMax = 128 } = options
  // What node was told of the nursery for the first thread would hold for these, whatever their limits say.
  setFlagsFromString('--max-semi-space-size=0')
  const pool = new Piscina({
    filename: entry.href,
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: idleMsMax,
    resourceLimits: { maxOldGenerationSizeMb: heapMbMax, maxYoungGenerationSizeMb: youngMbMax },
  })
  const spare: ArrayBuffer[] = []
  let printing = 0
  const printed = async (task: Task, signal: AbortSignal): Promise<PrintedChunk> => {
    const transferList = task.into ? [task.into] : []
    const answer = await answerOf(pool.run(task, { signal, transferList }) as Promise<Answer>)
    if ('printed' in answer) return answer.printed
    throw new RejectedError(answer.refused.code, answer.refused.message)
  }
  return {
    async print(chunk, signal, use) {
      printing++
      try {
        const piece = await printed({ chunk, into: spare.pop() }, signal)
        const result = await use(piece)
        // Where it failed, something may still be reading there.
        spare.push(piece.segment.buffer)
        return result
      } finally {
        printing--
        if (printing === 0) spare.length = 0
      }
    },
    close: () => pool.destroy(),
  }
}

/** What went wrong with a thread says nothing against the chunk: it is printed again. */
const answerOf = (answer: Promise<Answer>): Promise<Answer> =>
  answer.catch((error: Error) => {
    throw new TransientError(`a thread that prints ended: ${error.message}`)
  })
