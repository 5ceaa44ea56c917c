import { Worker } from 'node:worker_threads'
import { RejectedError, TransientError } from '#core/errors'
import type { Document, Renderer } from '#ports/rendering'

export interface AskedDrawing {
  readonly id: number
  readonly document: Document
}

/** What the thread answers: the bytes, or why there are none; a code where the document is to blame. */
export type Drawing =
  | { readonly id: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly id: number; readonly code: string | undefined; readonly message: string }

export interface ThreadRenderer extends Renderer {
  close(): Promise<void>
}

interface Options {
  /** The program of the thread. */
  readonly entry?: URL
  /** Longest that a document may take, those before it included, milliseconds. */
  readonly drawMsMax?: number
  /** Documents that may wait. */
  readonly waitingMax?: number
  /** A document that needs more ends the thread, and not the process. */
  readonly heapMbMax?: number
  /** A thread that has nothing to draw for so long ends and gives its memory back, milliseconds. */
  readonly idleMsMax?: number
}

const drawnByPdfmake = () => new URL('./drawing-thread.js', import.meta.url)

/**
 * Draws in a thread of its own, which is there while there is something to draw: a page takes tens of milliseconds in
 * which nobody else would be answered. Besides what renderers throw, TransientError where too many wait, where it takes
 * too long, or where the thread ended; the next document has a new one.
 */
export function threadRenderer(options: Options = {}): ThreadRenderer {
  const { drawMsMax = 10_000, waitingMax = 100 } = options
  let thread: Thread | undefined
  return {
    async render(document) {
      if (!thread || thread.hasEnded()) thread = startThread(options)
      if (thread.waiting() >= waitingMax) {
        throw new TransientError('too many documents wait to be drawn')
      }
      return thread.draw(document, drawMsMax)
    },
    close: async () => thread?.end('it was closed'),
  }
}

type Thread = ReturnType<typeof startThread>

interface Awaited {
  readonly resolve: (bytes: Uint8Array) => void
  readonly reject: (error: Error) => void
  readonly timer: NodeJS.Timeout
}

function startThread(options: Options) {
  const { entry = drawnByPdfmake(), heapMbMax = 256, idleMsMax = 60_000 } = options
  const worker = new Worker(entry, { resourceLimits: { maxOldGenerationSizeMb: heapMbMax } })
  const awaited = new Map<number, Awaited>()
  let asked = 0
  let hasEnded = false
  let idle: NodeJS.Timeout | undefined

  const taken = (id: number): Awaited | undefined => {
    const one = awaited.get(id)
    clearTimeout(one?.timer)
    awaited.delete(id)
    if (awaited.size === 0) rest()
    return one
  }
  /** It holds the process only while somebody waits. */
  const rest = () => {
    worker.unref()
    clearTimeout(idle)
    if (!hasEnded) idle = setTimeout(() => void end('it was idle'), idleMsMax).unref()
  }
  const end = async (reason: string): Promise<void> => {
    hasEnded = true
    clearTimeout(idle)
    for (const id of [...awaited.keys()]) {
      taken(id)?.reject(new TransientError(`the thread that draws ended: ${reason}`))
    }
    await worker.terminate()
  }
  worker.on('message', (drawing: Drawing) => {
    const one = taken(drawing.id)
    if ('bytes' in drawing) one?.resolve(drawing.bytes)
    else one?.reject(errorOf(drawing))
  })
  worker.on('error', (error) => void end(error.message))
  worker.on('exit', () => void end('by itself'))

  return {
    hasEnded: () => hasEnded,
    waiting: () => awaited.size,
    end,
    draw: (document: Document, drawMsMax: number) =>
      new Promise<Uint8Array>((resolve, reject) => {
        const id = (asked += 1)
        const timer = setTimeout(() => void end('it took too long'), drawMsMax)
        awaited.set(id, { resolve, reject, timer })
        clearTimeout(idle)
        worker.ref()
        worker.postMessage({ id, document } satisfies AskedDrawing)
      }),
  }
}

const errorOf = ({ code, message }: Exclude<Drawing, { bytes: unknown }>): Error =>
  code === undefined ? new Error(message) : new RejectedError(code, message)
