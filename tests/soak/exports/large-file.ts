import { closeSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { demoCsv } from '#tests/exported'
import { type ExportsInstallation, movementsOf } from '#tests/soak/exports/scene'

/** A long file as it was read and split. */
export interface LargeFile {
  readonly bytes: number
  readonly lines: number
  readonly tookMs: number
  /** The most that the worker took of memory, and what it took when it began, bytes. */
  readonly rssMax: number
  readonly rssBefore: number
  readonly failure: string | null
}

const mebibyte = 1024 * 1024
const msMax = 600_000
const tenant = 'tenant-a'
const batch = 'large'
/** Beyond what it took before, for a file of any length: what S3 is sent in, blocks, and what the collector leaves. */
export const rssGrowthMax = 250 * mebibyte

/**
 * Has a file read and split whose very last line has too few columns: all of it passes through the worker, and nothing of it
 * is printed.
 */
export async function exportLargeFile(
  { stack, client, worker }: ExportsInstallation,
  mebibytes: number,
): Promise<LargeFile> {
  const path = join(movementsOf(stack, tenant), `${batch}.csv`)
  const lines = await writeLarge(path, mebibytes * mebibyte)
  const pid = worker.pid()
  const rssBefore = rssOf(pid, 'VmRSS')
  const beganMs = Date.now()
  const id = await client.request({
    ...{ tenant_id: tenant, source: 'csv', batch_id: batch, output: 'PDF', language: 'es-CO' },
    ...{ template: 'receipt@1', lifetime_minutes: 1 },
  })
  for (;;) {
    const { state, failure } = await client.show(id)
    if (state === 'FAILED') {
      const tookMs = Date.now() - beganMs
      const rssMax = rssOf(pid, 'VmHWM')
      const told = failure && `${failure.code}: ${failure.message}`
      return { bytes: statSync(path).size, lines, tookMs, rssMax, rssBefore, failure: told }
    }
    if (Date.now() - beganMs > msMax) throw new Error(`a large file is ${state} after ${msMax} ms`)
    await sleep(200)
  }
}

/** Resolves with how many lines it has. */
async function writeLarge(path: string, bytes: number): Promise<number> {
  const file = openSync(`${path}.new`, 'w')
  const text = (await demoCsv(2_000)).toString()
  const header = text.slice(0, text.indexOf('\n') + 1)
  const block = Buffer.from(text.slice(header.length))
  let written = writeSync(file, header)
  let lines = 1
  for (; written < bytes; lines += 2_000) written += writeSync(file, block)
  writeSync(file, ',,\n')
  closeSync(file)
  renameSync(`${path}.new`, path)
  return lines + 1
}

/** What the system counts of a process's memory, bytes. */
function rssOf(pid: number, what: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(new RegExp(`^${what}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * 1024
}
