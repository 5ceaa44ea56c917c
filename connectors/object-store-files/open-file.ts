import type { FileHandle } from 'node:fs/promises'
import { damaged, diskFailure } from '#connectors/object-store-files/errors'

const chunkBytes = 256 * 1024

/** Some bytes of a file: from the first on, up to `to`. */
export interface FileRange {
  readonly from: number
  readonly to: number
}

/** An open file, to be read once. */
export class OpenFile {
  readonly #file: FileHandle
  readonly #key: string

  constructor(file: FileHandle, key: string) {
    this.#file = file
    this.#key = key
  }

  /**
   * Reads one chunk ahead, so that the disk works while the chunk before is looked at. With two buffers of the caller's
   * a chunk is good only until the next one is asked for. The end, and leaving it, close the file.
   */
  async *read(
    { from, to }: FileRange,
    buffers?: readonly [Buffer, Buffer],
  ): AsyncGenerator<Buffer, void, undefined> {
    let at = from
    let turn = 0
    const ahead = () => {
      const own = buffers?.[turn++ % 2]
      return this.#chunk(own ?? Buffer.allocUnsafe(Math.min(chunkBytes, to - at)), at, to)
    }
    let next = at < to ? ahead() : undefined
    try {
      while (next) {
        const chunk = await next
        at += chunk.length
        next = at < to ? ahead() : undefined
        // Whoever leaves before it does not hear of it.
        next?.catch(() => undefined)
        yield chunk
      }
    } finally {
      await next?.catch(() => undefined)
      await this.close()
    }
  }

  /** Of one that was read to its end, or that somebody left: nothing. */
  async close(): Promise<void> {
    await this.#file.close().catch(() => undefined)
  }

  async #chunk(into: Buffer, at: number, to: number): Promise<Buffer> {
    const length = Math.min(into.length, to - at)
    const { bytesRead } = await this.#file.read(into, 0, length, at).catch((error: unknown) => {
      throw diskFailure(error)
    })
    if (bytesRead === 0) throw damaged(this.#key, 'some of its bytes are missing')
    return into.subarray(0, bytesRead)
  }
}
