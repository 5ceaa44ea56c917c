import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createWriteStream, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import type { Fetched } from '#tests/soak/exports/asked'

const run = promisify(execFile)
const fetchMsMax = 60_000

/** What was fetched is whole, and no archive as it should be. */
export class WrongArchiveError extends Error {
  override name = 'WrongArchiveError'
}

interface Wanted {
  /** The folder it is put into, for as long as it is looked at. */
  readonly folder: string
  readonly id: string
  readonly sha256: string
}

/**
 * Fetches what a link leads to, and has Info-ZIP read all of it. Throws WrongArchiveError, and another error where not all
 * of it came: that may be tried again.
 */
export async function fetchArchive(link: string, { folder, id, sha256 }: Wanted): Promise<Fetched> {
  const path = join(folder, `${id}.zip`)
  try {
    const found = await save(link, path)
    if (found.sha256 !== sha256) throw new Error('other bytes came than were told of')
    return { ...found, documents: await documentsIn(path) }
  } finally {
    rmSync(path, { force: true })
  }
}

async function save(link: string, path: string) {
  const answer = await fetch(link, { signal: AbortSignal.timeout(fetchMsMax) })
  if (!answer.ok || answer.body === null) throw new Error(`the link answers ${answer.status}`)
  const hash = createHash('sha256')
  let bytes = 0
  const counted = new Transform({
    transform(chunk: Buffer, _, pass) {
      hash.update(chunk)
      bytes += chunk.length
      pass(null, chunk)
    },
  })
  await pipeline(Readable.fromWeb(answer.body as never), counted, createWriteStream(path))
  return { sha256: hash.digest('hex'), bytes }
}

async function documentsIn(path: string): Promise<number> {
  try {
    await run('unzip', ['-tqq', path])
  } catch (error) {
    throw new WrongArchiveError(`unzip: ${(error as Error).message}`)
  }
  const { stdout } = await run('unzip', ['-Z1', path], { maxBuffer: 1 << 24 })
  const names = stdout.trim().split('\n')
  if (new Set(names).size !== names.length) {
    throw new WrongArchiveError('two of its items have one name')
  }
  return names.filter((name) => name.endsWith('.pdf')).length
}
