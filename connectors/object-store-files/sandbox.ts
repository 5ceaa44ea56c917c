import { type PathLike, promises } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { relative } from 'node:path'
import type { FileSystem } from '#connectors/object-store-files/client'

/** What is asked of a disk; `write`, `read` and `sync` are of open files and folders. */
export type DiskOperation = keyof FileSystem | 'write' | 'read' | 'sync'

export interface SandboxDisk {
  readonly fs: FileSystem
  /** What was asked, in order: `write a/b@0123.0`; of a new name that one. */
  readonly asked: string[]
  /** The code that an operation fails with; undefined: it succeeds. */
  failing: (operation: DiskOperation, path: string) => string | undefined
}

/** The disk below a folder, with the bad days that a disk has: full, without rights, without links, broken. */
export function sandboxDisk(folder: string): SandboxDisk {
  const ask = async (operation: DiskOperation, place: PathLike): Promise<void> => {
    const path = relative(folder, String(place))
    sandbox.asked.push(`${operation} ${path}`)
    const code = sandbox.failing(operation, path)
    if (code !== undefined) throw Object.assign(new Error(`${code}: of ${String(place)}`), { code })
  }
  const asking =
    <Args extends [PathLike, ...never[]], T>(
      operation: DiskOperation,
      work: (...args: Args) => Promise<T>,
    ) =>
    async (...args: Args): Promise<T> => {
      await ask(operation, args[0])
      return work(...args)
    }
  const naming =
    (operation: 'link' | 'rename') =>
    async (from: PathLike, to: PathLike): Promise<void> => {
      await ask(operation, to)
      await promises[operation](from, to)
    }
  const fs = {
    link: naming('link'),
    mkdir: asking('mkdir', promises.mkdir),
    async open(path: PathLike, flags?: string, mode?: number) {
      await ask('open', path)
      return opened(await promises.open(path, flags, mode), (operation) => ask(operation, path))
    },
    readdir: asking('readdir', promises.readdir),
    readFile: asking('readFile', promises.readFile as (path: PathLike) => Promise<string>),
    rename: naming('rename'),
    rmdir: asking('rmdir', promises.rmdir),
    stat: asking('stat', promises.stat),
    unlink: asking('unlink', promises.unlink),
  }
  const sandbox: SandboxDisk = {
    fs: fs as unknown as FileSystem,
    asked: [],
    failing: () => undefined,
  }
  return sandbox
}

/** As much of an open file as the store uses. */
function opened(
  file: FileHandle,
  ask: (operation: 'write' | 'read' | 'sync') => Promise<void>,
): Pick<FileHandle, 'appendFile' | 'read' | 'sync' | 'close'> {
  return {
    async appendFile(bytes) {
      // A disk that is full takes what still fits.
      await ask('write').catch(async (error: unknown) => {
        await file.appendFile((bytes as Uint8Array).subarray(0, 1))
        throw error
      })
      await file.appendFile(bytes)
    },
    read: async (...args: Parameters<FileHandle['read']>) => {
      await ask('read')
      return file.read(...args)
    },
    async sync() {
      await ask('sync')
      await file.sync()
    },
    close: () => file.close(),
  }
}
