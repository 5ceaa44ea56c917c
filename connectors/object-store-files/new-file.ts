import type { FileHandle } from 'node:fs/promises'
import { diskFailure } from '#connectors/object-store-files/errors'

const bufferBytes = 256 * 1024

/** A file that is being written. Small pieces are gathered: each write is a trip to another thread. */
export class NewFile {
  readonly #file: FileHandle
  #buffer: Buffer | undefined
  #used = 0

  constructor(file: FileHandle) {
    this.#file = file
  }

  /** The bytes may be used for something else once this has resolved. */
  async write(bytes: Uint8Array): Promise<void> {
    if (this.#used + bytes.length > bufferBytes) await this.#flush()
    if (bytes.length >= bufferBytes) return this.#write(bytes)
    this.#buffer ??= Buffer.allocUnsafe(bufferBytes)
    this.#buffer.set(bytes, this.#used)
    this.#used += bytes.length
  }

  /** The bytes are on the disk afterwards. */
  async finish(): Promise<void> {
    await this.#flush()
    await this.#file.sync().catch(fail)
    await this.#file.close().catch(fail)
  }

  /** Lets go of it, whatever is in it. */
  async drop(): Promise<void> {
    await this.#file.close().catch(() => undefined)
  }

  async #flush(): Promise<void> {
    if (this.#used === 0) return
    const used = this.#used
    this.#used = 0
    await this.#write(this.#buffer!.subarray(0, used))
  }

  // Goes on where the disk took only some of it.
  async #write(bytes: Uint8Array): Promise<void> {
    await this.#file.appendFile(bytes).catch(fail)
  }
}

function fail(error: unknown): never {
  throw diskFailure(error)
}
