import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { RejectedError, TransientError } from '#core/errors'
import { heeding } from '#core/heeding'
import type { Movements, MovementsQuery } from '#ports/movements'

const safeName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/

/**
 * Movements that somebody puts into a folder, a file for each batch: `<tenant>/<batch>.csv`. What they are as of is when
 * the file was last changed. Put them there under another name, and rename them: a file that changes while it is read is
 * read again. Besides what every source throws, RejectedError: 'bad-batch', 'no-filter'.
 */
export const csvFolder = (folder: string): Movements => ({
  async versionOf(query) {
    const file = await opened(folder, query)
    try {
      return await stateOf(file)
    } finally {
      await file.close()
    }
  },

  async read(query, signal) {
    const file = await opened(folder, query)
    const close = async () => {
      signal.removeEventListener('abort', close)
      await file.close()
    }
    // Nobody may ever begin to read.
    signal.addEventListener('abort', close)
    try {
      signal.throwIfAborted()
      const state = await stateOf(file)
      const { mtime } = await file.stat()
      return { asOf: mtime, csv: heeding(signal, unchanged({ file, state, close })) }
    } catch (error) {
      await close()
      throw error
    }
  },
})

async function opened(folder: string, query: MovementsQuery): Promise<FileHandle> {
  const { tenantId, batchId, filter } = query
  if (![tenantId, batchId].every((name) => safeName.test(name))) {
    const message =
      'a batch and its tenant are named by letters, digits, dots, dashes and underscores'
    throw new RejectedError('bad-batch', message)
  }
  if (filter !== null) throw new RejectedError('no-filter', 'a folder of files has no filter')
  try {
    return await open(join(folder, tenantId, `${batchId}.csv`))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new RejectedError('no-batch', `there is no file for ${batchId}`)
    throw new TransientError(`the file for ${batchId} can not be read: ${code}`)
  }
}

async function stateOf(file: FileHandle): Promise<string> {
  const { ino, size, mtimeNs } = await file.stat({ bigint: true })
  return `${ino}-${size}-${mtimeNs}`
}

interface OpenFile {
  readonly file: FileHandle
  readonly state: string
  close(): Promise<void>
}

async function* unchanged({ file, state, close }: OpenFile): AsyncIterable<Uint8Array> {
  try {
    for await (const bytes of file.createReadStream({ autoClose: false })) yield bytes as Buffer
    if ((await stateOf(file)) === state) return
    throw new TransientError('the file of movements was changed while it was read')
  } finally {
    await close()
  }
}
