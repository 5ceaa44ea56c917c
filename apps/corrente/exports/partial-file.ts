import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'

/** What a part of a file is of: its end is fetched only of the very same bytes. */
interface Noted {
  /** Of the whole. */
  readonly sha256: string
  /** Of the store's answer that it began with, as `If-Range` wants it. */
  readonly etag: string
}

/** A file while it is fetched: `<out>.part`, and beside it what it is of. Only its user may read it. */
export class PartialFile {
  readonly #out: string
  readonly #part: string
  readonly #note: string
  readonly #sha256: string

  constructor(out: string, sha256: string) {
    this.#out = out
    this.#part = `${out}.part`
    this.#note = `${out}.part.json`
    this.#sha256 = sha256
  }

  /** How much of it is there, and of which answer; undefined where nothing is there that can be gone on with. */
  async begun(): Promise<{ readonly bytes: number; readonly etag: string } | undefined> {
    try {
      const { sha256, etag } = JSON.parse(await readFile(this.#note, 'utf8')) as Noted
      const { size } = await stat(this.#part)
      return sha256 === this.#sha256 && size > 0 && etag !== '' ? { bytes: size, etag } : undefined
    } catch {
      return undefined
    }
  }

  /** Begins anew, with what an answer is tagged with. */
  async begin(etag: string): Promise<void> {
    await writeFile(this.#part, '', { mode: 0o600 })
    const noted: Noted = { sha256: this.#sha256, etag }
    await writeFile(this.#note, JSON.stringify(noted), { mode: 0o600 })
  }

  /** Adds what comes to what is there. */
  async add(body: AsyncIterable<Uint8Array>, onBytes: (bytes: number) => void): Promise<void> {
    const file = await open(this.#part, 'a', 0o600)
    try {
      for await (const chunk of body) {
        await file.appendFile(chunk)
        onBytes(chunk.length)
      }
      await file.sync()
    } finally {
      await file.close()
    }
  }

  async remove(): Promise<void> {
    await Promise.all([rm(this.#part, { force: true }), rm(this.#note, { force: true })])
  }

  async isWhole(): Promise<boolean> {
    return (await sha256Of(this.#part)) === this.#sha256
  }

  /** Gives it its name. Throws a sentence where a file has that name by now, unless that one is to be replaced. */
  async finish(isForced: boolean): Promise<void> {
    if (!isForced) await claim(this.#out)
    await rename(this.#part, this.#out)
    await rm(this.#note, { force: true })
  }
}

/** Of the bytes of a file, hexadecimal; undefined where it is not there. */
export async function sha256Of(path: string): Promise<string | undefined> {
  const hash = createHash('sha256')
  try {
    await pipeline(createReadStream(path), hash)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  return hash.digest('hex')
}

export const taken = (path: string) =>
  new Error(`${path} is there already, and is another file: name one with --out, or say --force`)

// Made empty first: of two that finish at once, one has the name.
async function claim(path: string): Promise<void> {
  const file = await open(path, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EEXIST' ? taken(path) : error
  })
  await file.close()
}
