import { createHash, randomBytes } from 'node:crypto'
import type { Disk } from '#connectors/object-store-files/client'
import { overtaken } from '#connectors/object-store-files/errors'
import {
  factsOf,
  factsText,
  type KeptObject,
  type KeptPart,
  keptObjectOf,
  partOf,
} from '#connectors/object-store-files/mapping'
import { heeding } from '#core/heeding'
import type { PutOptions, StoredObject } from '#ports/object-store'

const hashedBytes = 1024 * 1024

export const folderOf = (key: string): string => key.slice(0, key.lastIndexOf('/') + 1)
export const nameOf = (key: string): string => key.slice(key.lastIndexOf('/') + 1)

export interface WritingOptions extends PutOptions {
  readonly disk: Disk
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/**
 * An object while it is written: files that no facts name yet, and then its facts, whose name makes all of it appear at
 * once.
 */
export class Writing {
  readonly #key: string
  readonly #options: WritingOptions
  readonly #disk: Disk
  readonly #id = randomBytes(8).toString('hex')
  readonly #hash = createHash('sha256')
  readonly #parts: KeptPart[] = []
  /** What other objects are read through, one after the other. */
  #buffers: readonly [Buffer, Buffer] | undefined
  /** Whether it appeared: from then on its parts are not ours to remove. */
  #isThere = false

  constructor(key: string, options: WritingOptions) {
    this.#key = key
    this.#options = options
    this.#disk = options.disk
    options.signal?.throwIfAborted()
  }

  /** Bytes that come next. */
  async add(body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void> {
    const path = this.#next()
    const file = await this.#disk.create(path)
    let bytes = 0
    // Noted before the first byte: what is dropped includes a file that was only begun.
    const at = this.#parts.push({ file: nameOf(path), bytes }) - 1
    try {
      for await (const chunk of heeding(this.#options.signal, body)) {
        this.#hash.update(chunk)
        bytes += chunk.length
        await file.write(chunk)
      }
      await file.finish()
    } catch (error) {
      await file.drop()
      throw error
    }
    this.#parts[at] = { file: nameOf(path), bytes }
  }

  /** All bytes of another object, which come next: under a name of ours where the disk can, else written again. */
  async addObject({ object, parts }: KeptObject): Promise<void> {
    this.#buffers ??= [Buffer.allocUnsafe(hashedBytes), Buffer.allocUnsafe(hashedBytes)]
    const buffers = this.#buffers
    for (const { file, bytes } of parts) {
      const [from, to] = [folderOf(object.key) + file, this.#next()]
      const isLinked = await this.#disk.link(from, to)
      if (isLinked === false) throw overtaken(object.key)
      if (isLinked) this.#parts.push({ file: nameOf(to), bytes })
      const opened = await this.#disk.open(from, object.key)
      if (!opened) throw overtaken(object.key)
      const read = heeding(this.#options.signal, opened.read({ from: 0, to: bytes }, buffers))
      try {
        await (isLinked ? this.#hashAll(read) : this.add(read))
      } finally {
        await opened.close()
      }
    }
  }

  /** Makes it appear; undefined where only a new one was to be put, and there is one. */
  async finish(isOnlyNew = false): Promise<StoredObject | undefined> {
    const kept = this.#kept()
    const [waiting, facts] = [partOf(this.#key, this.#id, 'facts'), factsOf(this.#key)]
    const file = await this.#disk.create(waiting)
    await file.write(Buffer.from(factsText(kept)))
    await file.finish()
    this.#options.signal?.throwIfAborted()
    const folder = folderOf(this.#key)
    // The names of the parts are on the disk before that of the facts: an object that a crash leaves is whole.
    await this.#disk.sync(folder)
    if (isOnlyNew) {
      this.#isThere = await this.#disk.nameOnce(waiting, facts)
      if (!this.#isThere) return undefined
      await this.#disk.remove(waiting)
      await this.#disk.sync(folder)
      return kept.object
    }
    const former = await this.#former()
    await this.#disk.rename(waiting, facts, this.#key)
    this.#isThere = true
    await this.#disk.sync(folder)
    for (const part of former) await this.#disk.remove(folder + part.file)
    return kept.object
  }

  /** Removes whatever was written of it. */
  async drop(): Promise<void> {
    if (this.#isThere) return
    const files = this.#parts.map(({ file }) => folderOf(this.#key) + file)
    for (const path of [...files, partOf(this.#key, this.#id, 'facts')]) {
      // What failed already is what is told; the sweeper finds what stays.
      await this.#disk.remove(path).catch(() => undefined)
    }
  }

  async #hashAll(body: AsyncIterable<Uint8Array>): Promise<void> {
    for await (const chunk of body) this.#hash.update(chunk)
  }

  #next(): string {
    return partOf(this.#key, this.#id, this.#parts.length)
  }

  #kept(): KeptObject {
    const { contentType = 'application/octet-stream', now } = this.#options
    const sha256 = this.#hash.digest('hex')
    const bytes = this.#parts.reduce((total, part) => total + part.bytes, 0)
    const storedAt = new Date(now()).toISOString()
    const object = { key: this.#key, bytes, sha256, etag: `"${sha256}"`, contentType, storedAt }
    return { object, parts: this.#parts }
  }

  /** The files of the object that is replaced; of one whose facts cannot be read the sweeper removes them. */
  async #former(): Promise<readonly KeptPart[]> {
    const text = await this.#disk.readText(factsOf(this.#key))
    if (text === undefined) return []
    try {
      return keptObjectOf(this.#key, text).parts
    } catch {
      return []
    }
  }
}
