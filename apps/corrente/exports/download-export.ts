import { setTimeout as sleep } from 'node:timers/promises'
import {
  AwayError,
  type ExportsClient,
  isPassing,
  type ShownExport,
} from '#apps/corrente/exports/exports-client'
import { isReady } from '#apps/corrente/exports/follow-export'
import { PartialFile, sha256Of, taken } from '#apps/corrente/exports/partial-file'

export interface Download {
  readonly client: Pick<ExportsClient, 'show' | 'link'>
  readonly id: string
  /** `export-<id>.zip` or `.csv` in this folder where absent. */
  readonly out: string | undefined
  /** Whether another file of that name is replaced. */
  readonly isForced: boolean
  readonly onProgress: (done: number, total: number) => void
  readonly pauseMs?: number
}

export interface Downloaded {
  readonly file: string
  readonly bytes: number
  readonly sha256: string
  /** The very file was there, and nothing was fetched. */
  readonly was_there: boolean
}

/** So often in a row nothing comes before it is given up. */
const triesMax = 5
const pauseMsUsual = 2_000
const silenceMsMax = 60_000

/**
 * Fetches what came out of an export, going on where a former try ended, and gives it its name once its SHA-256 is that
 * of what was made. Throws a sentence; no sentence holds a link.
 */
export async function downloadExport(download: Download): Promise<Downloaded> {
  const { id, isForced } = download
  const { result, output } = fetchable(await shown(download))
  const { bytes, sha256 } = result
  const file = download.out ?? `export-${id}.${output === 'CSV' ? 'csv' : 'zip'}`
  const there = await sha256Of(file)
  if (there === sha256) return { file, bytes, sha256, was_there: true }
  if (there !== undefined && !isForced) throw taken(file)
  const part = new PartialFile(file, sha256)
  await fetched(download, part, bytes)
  if (!(await part.isWhole())) {
    await part.remove()
    throw new Error('what came is not what was made: its SHA-256 differs, and it was removed')
  }
  await part.finish(isForced)
  return { file, bytes, sha256, was_there: false }
}

/** Tries as long as that may help: whoever just heard that it is ready is not told that the API cannot say so now. */
async function shown({ client, id, pauseMs = pauseMsUsual }: Download): Promise<ShownExport> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await client.show(id)
    } catch (error) {
      if (!isPassing(error) || tries >= triesMax) throw error
    }
    await sleep(pauseMs)
  }
}

function fetchable(shown: ShownExport) {
  const { result, output, state } = shown
  if (result && isReady(shown)) return { result, output }
  throw new Error(`there is nothing to fetch: it is ${state}`)
}

/** Tries until all bytes are there, or nothing comes any more. */
async function fetched(download: Download, part: PartialFile, total: number): Promise<void> {
  const { pauseMs = pauseMsUsual, onProgress } = download
  for (let tries = 1; ; tries += 1) {
    const before = (await part.begun())?.bytes ?? 0
    onProgress(before, total)
    try {
      if (await isFetched(download, part, total)) return
    } catch (error) {
      const now = (await part.begun())?.bytes ?? 0
      if (now > before) tries = 0
      if (!isPassing(error) || tries >= triesMax) throw error
    }
    if (tries >= triesMax) throw new AwayError('the object store never begins at the beginning')
    await sleep(pauseMs)
  }
}

/** One try, by a link of its own; false where all is to be begun anew. */
async function isFetched(
  { client, id, onProgress }: Download,
  part: PartialFile,
  total: number,
): Promise<boolean> {
  const begun = await part.begun()
  if (begun?.bytes === total) return true
  const silence = new AbortController()
  const timer = setTimeout(() => silence.abort(), silenceMsMax)
  try {
    const headers = begun ? { range: `bytes=${begun.bytes}-`, 'if-range': begun.etag } : {}
    const { signal } = silence
    const answer = await fetch(await client.link(id), { headers, signal }).catch(away)
    const isRest = begun !== undefined && isRestOf(answer, begun.bytes)
    if (!isRest && answer.status !== 200) return await refused(answer, part)
    if (!isRest) await part.begin(answer.headers.get('etag') ?? '')
    let done = isRest ? begun.bytes : 0
    await part.add(readable(answer), (bytes) => {
      timer.refresh()
      done += bytes
      if (done > total) throw new Error('more comes than was made: the download was given up')
      onProgress(done, total)
    })
    if (done < total) throw new AwayError('the object store ended the download too early')
    return true
  } finally {
    clearTimeout(timer)
    silence.abort()
  }
}

const isRestOf = ({ status, headers }: Response, from: number): boolean =>
  status === 206 && (headers.get('content-range') ?? '').startsWith(`bytes ${from}-`)

/** False where a new beginning may help. */
async function refused(answer: Response, part: PartialFile): Promise<boolean> {
  await answer.body?.cancel()
  if (answer.status !== 206 && answer.status !== 416) {
    throw new AwayError(`the object store answered ${answer.status}`)
  }
  await part.remove()
  return false
}

// What a client of HTTP says may repeat the address.
const away = (): never => {
  throw new AwayError('the object store cannot be asked')
}

async function* readable({ body }: Response): AsyncGenerator<Uint8Array, undefined> {
  try {
    // The types of the platform do not know that it can be iterated.
    if (body) yield* body as unknown as AsyncIterable<Uint8Array>
  } catch {
    throw new AwayError('the download broke off')
  }
  return undefined
}
