import { type Dirent, promises } from 'node:fs'
import { dirname, join } from 'node:path'
import { diskFailure, isCode, overtaken } from '#connectors/object-store-files/errors'
import { NewFile } from '#connectors/object-store-files/new-file'
import { OpenFile } from '#connectors/object-store-files/open-file'

/** What of Node's file system is used. */
export type FileSystem = Pick<
  typeof promises,
  'link' | 'mkdir' | 'open' | 'readdir' | 'readFile' | 'rename' | 'rmdir' | 'stat' | 'unlink'
>

/** A folder that is empty may be removed by somebody else between its making and its first file. */
const makesMax = 5

/**
 * One folder of a disk. Paths are below it. Everything throws what `diskFailure` makes of it, but for what is said to be
 * no failure.
 */
export class Disk {
  readonly #folder: string
  readonly #fs: FileSystem

  constructor(folder: string, fs: FileSystem = promises) {
    this.#folder = folder
    this.#fs = fs
  }

  /** A file that was not there, with the folders it is in. Only its user may read it. */
  async create(path: string): Promise<NewFile> {
    const place = join(this.#folder, path)
    for (let makes = 0; ; makes += 1) {
      try {
        return new NewFile(await this.#fs.open(place, 'wx', 0o600))
      } catch (error) {
        if (!isCode(error, 'ENOENT') || makes === makesMax) throw diskFailure(error)
        await this.#makeFolder(dirname(place))
      }
    }
  }

  /** Undefined where it is not there. */
  async readText(path: string): Promise<string | undefined> {
    return this.#unless(['ENOENT'], () => this.#fs.readFile(join(this.#folder, path), 'utf8'))
  }

  /** Undefined where it is not there. Its end, and leaving it, close it. */
  async open(path: string, key: string): Promise<OpenFile | undefined> {
    const file = await this.#unless(['ENOENT'], () => this.#fs.open(join(this.#folder, path), 'r'))
    if (!file) return undefined
    return new OpenFile(file, key)
  }

  /** Another name for the bytes of a file. False where it is not there any more, undefined where this disk has no such thing. */
  async link(from: string, to: string): Promise<boolean | undefined> {
    const [source, target] = [join(this.#folder, from), join(this.#folder, to)]
    for (let makes = 0; ; makes += 1) {
      try {
        await this.#fs.link(source, target)
        return true
      } catch (error) {
        if (isCode(error, 'EMLINK', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EPERM')) return undefined
        if (!isCode(error, 'ENOENT') || makes === makesMax) throw diskFailure(error)
        if ((await this.changedAt(from)) === undefined) return false
        await this.#makeFolder(dirname(target))
      }
    }
  }

  /** False where the new name is taken. */
  async nameOnce(from: string, to: string): Promise<boolean> {
    const [source, target] = [join(this.#folder, from), join(this.#folder, to)]
    const named = await this.#unless(['EEXIST'], () =>
      this.#fs.link(source, target).then(() => true),
    )
    return named ?? false
  }

  /** In the place of whatever has the new name. */
  async rename(from: string, to: string, key: string): Promise<void> {
    const [source, target] = [join(this.#folder, from), join(this.#folder, to)]
    const renamed = await this.#unless(['ENOENT'], () =>
      this.#fs.rename(source, target).then(() => true),
    )
    if (!renamed) throw overtaken(key)
  }

  /** Of what is gone: success. */
  async remove(path: string): Promise<void> {
    await this.#unless(['ENOENT'], () => this.#fs.unlink(join(this.#folder, path)))
  }

  /** Whether it is gone: one that is not empty stays. */
  async removeFolder(path: string): Promise<boolean> {
    const remove = () => this.#fs.rmdir(join(this.#folder, path)).then(() => true)
    return (await this.#unless(['ENOTEMPTY', 'EEXIST', 'ENOENT'], remove)) ?? false
  }

  /** None of a folder that is not there. */
  async entries(path: string): Promise<readonly Dirent[]> {
    const read = () => this.#fs.readdir(join(this.#folder, path), { withFileTypes: true })
    return (await this.#unless(['ENOENT', 'ENOTDIR'], read)) ?? []
  }

  /** When its bytes or its names last changed, milliseconds since 1970; undefined where it is not there. */
  async changedAt(path: string): Promise<number | undefined> {
    const stat = await this.#unless(['ENOENT'], () => this.#fs.stat(join(this.#folder, path)))
    return stat?.ctimeMs
  }

  /** The names in a folder are on the disk afterwards, and those that are gone are not. */
  async sync(path: string): Promise<void> {
    await this.#unless(['ENOENT'], () => this.#sync(join(this.#folder, path)))
  }

  async #sync(place: string): Promise<void> {
    const folder = await this.#fs.open(place, 'r')
    try {
      await folder.sync()
    } finally {
      await folder.close()
    }
  }

  async #makeFolder(place: string): Promise<void> {
    await this.#unless([], async () => {
      const first = await this.#fs.mkdir(place, { recursive: true, mode: 0o700 })
      // A file is there after a crash only if all the folders are that it is in.
      if (first === undefined) return
      for (let made = place; made.length >= first.length; made = dirname(made)) {
        await this.#sync(dirname(made))
      }
    })
  }

  async #unless<T>(codes: readonly string[], work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work()
    } catch (error) {
      if (isCode(error, ...codes)) return undefined
      throw diskFailure(error)
    }
  }
}
