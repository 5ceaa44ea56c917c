import { Disk, type FileSystem } from '#connectors/object-store-files/client'
import { FilesStoreConfig } from '#connectors/object-store-files/config'
import {
  abandonedIn,
  emptyFolder,
  keptIn,
  objectsIn,
  prune,
} from '#connectors/object-store-files/folders'
import { factsOf, type KeptPart } from '#connectors/object-store-files/mapping'
import { readObject } from '#connectors/object-store-files/reading'
import { signedPath } from '#connectors/object-store-files/signed-link'
import { folderOf, Writing } from '#connectors/object-store-files/writing'
import { RejectedError, TransientError } from '#core/errors'
import { checkKey, checkPrefix } from '#ports/object-key'
import { checkLink, instantMs } from '#ports/object-link'
import type {
  ByteRange,
  ObjectPart,
  ObjectStore,
  PutOptions,
  StoredObject,
} from '#ports/object-store'
import { InvalidValueError } from '#schemas/values/invalid-value'

export type { FilesStoreConfig } from '#connectors/object-store-files/config'
export { ObjectDiskFull } from '#connectors/object-store-files/errors'
export { type SignedLink, verifiedLink } from '#connectors/object-store-files/signed-link'

/** How often an object is composed anew whose parts are replaced at this very moment. */
const triesMax = 3

interface Surroundings {
  /** Milliseconds since 1970. */
  readonly now?: () => number
  readonly fs?: FileSystem
}

/**
 * Objects in a folder, for one machine, or several that share it. What was answered is on the disk: bytes, facts and
 * names are synced before. A crash leaves nothing but files that `abandoned` finds. Throws
 * RejectedError('bad-configuration') naming the member that is wrong.
 */
export function filesStore(config: FilesStoreConfig, surroundings: Surroundings = {}): ObjectStore {
  const parsed = FilesStoreConfig.safeParse(config)
  if (parsed.success) return new FilesStore(parsed.data, surroundings)
  const [issue] = parsed.error.issues
  const named = [issue?.path.join('.'), issue?.message].join(': ')
  throw new RejectedError('bad-configuration', named)
}

class FilesStore implements ObjectStore {
  readonly #disk: Disk
  readonly #links: FilesStoreConfig['links']
  readonly #now: () => number

  constructor({ folder, links }: FilesStoreConfig, { now = Date.now, fs }: Surroundings) {
    this.#disk = new Disk(folder, fs)
    this.#links = links
    this.#now = now
  }

  async put(
    key: string,
    body: Uint8Array | AsyncIterable<Uint8Array>,
    options?: PutOptions,
  ): Promise<StoredObject> {
    const stored = await this.#write(key, options, async (writing) => {
      await writing.add(body instanceof Uint8Array ? [body] : body)
      return writing.finish()
    })
    return stored!
  }

  async putIfAbsent(
    key: string,
    bytes: Uint8Array,
    options?: PutOptions,
  ): Promise<'stored' | 'present'> {
    checkKey(key)
    if ((await this.#disk.readText(factsOf(key))) !== undefined) return 'present'
    const stored = await this.#write(key, options, async (writing) => {
      await writing.add([bytes])
      return writing.finish(true)
    })
    return stored ? 'stored' : 'present'
  }

  async get(key: string, range?: ByteRange) {
    checkKey(key)
    return readObject(this.#disk, key, range)
  }

  async head(key: string): Promise<StoredObject | undefined> {
    checkKey(key)
    return (await keptIn(this.#disk, key))?.object
  }

  async delete(key: string): Promise<void> {
    checkKey(key)
    const parts = await this.#partsOf(key)
    await this.#disk.remove(factsOf(key))
    for (const { file } of parts) await this.#disk.remove(folderOf(key) + file)
    await this.#disk.sync(folderOf(key))
    await prune(this.#disk, key)
  }

  async deletePrefix(prefix: string): Promise<number> {
    checkPrefix(prefix)
    if (prefix === '') throw new InvalidValueError('is empty: everything would be deleted')
    const removed = await emptyFolder(this.#disk, prefix)
    await prune(this.#disk, prefix.slice(0, -1))
    return removed
  }

  async *list(prefix: string) {
    checkPrefix(prefix)
    for await (const { object } of objectsIn(this.#disk, prefix)) {
      yield { key: object.key, bytes: object.bytes, storedAt: object.storedAt }
    }
  }

  async compose(
    key: string,
    parts: readonly ObjectPart[],
    options?: PutOptions,
  ): Promise<StoredObject> {
    for (let tries = 1; ; tries += 1) {
      try {
        const stored = await this.#write(key, options, (writing) => this.#join(writing, parts))
        return stored!
      } catch (error) {
        // A part that was replaced while it was read is there again, whole.
        const isOvertaken = error instanceof TransientError && !error.isOfParty
        if (!isOvertaken || tries === triesMax) throw error
      }
    }
  }

  async signGet(key: string, link: Parameters<ObjectStore['signGet']>[1]): Promise<string> {
    checkKey(key)
    const expiresAtMs = checkLink(link, this.#now())
    if (!this.#links)
      throw new TransientError('no links are made to objects: OBJECT_STORE_URL is not set')
    const { url, secrets } = this.#links
    return url + signedPath({ key, expiresAtMs, filename: link.filename }, secrets)
  }

  async *abandoned(olderThan: string) {
    yield* abandonedIn(this.#disk, '', instantMs(olderThan))
  }

  async close(): Promise<void> {}

  async #join(writing: Writing, parts: readonly ObjectPart[]): Promise<StoredObject | undefined> {
    for (const part of parts) {
      if (part instanceof Uint8Array) {
        await writing.add([part])
        continue
      }
      checkKey(part.key)
      const kept = await keptIn(this.#disk, part.key)
      if (!kept) throw new RejectedError('no-object', `there is no object ${part.key}`)
      await writing.addObject(kept)
    }
    return writing.finish()
  }

  async #write(
    key: string,
    options: PutOptions | undefined,
    write: (writing: Writing) => Promise<StoredObject | undefined>,
  ): Promise<StoredObject | undefined> {
    checkKey(key)
    const writing = new Writing(key, { ...options, disk: this.#disk, now: this.#now })
    try {
      const stored = await write(writing)
      if (!stored) await writing.drop()
      return stored
    } catch (error) {
      await writing.drop()
      throw error
    }
  }

  /** None of an object whose facts cannot be read: its files are found as abandoned once those are gone. */
  async #partsOf(key: string): Promise<readonly KeptPart[]> {
    try {
      return (await keptIn(this.#disk, key))?.parts ?? []
    } catch (error) {
      if (error instanceof RejectedError) return []
      throw error
    }
  }
}
