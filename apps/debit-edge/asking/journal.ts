import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import type { DebitRequestType } from '#schemas/generated/types'

/** A request that was asked and whose answer is not given yet. No personal data: tokens and ids. */
export interface OpenRequest {
  /** Of the event on `debits`. */
  readonly event_id: string
  readonly account_id: string
  readonly request_id: string
  readonly type: DebitRequestType
  /** Milliseconds since the epoch. */
  readonly requested_at: number
  /** Not decided as anything but late after that, milliseconds since the epoch. */
  readonly deadline_at: number
}

/**
 * What this edge asked and has not answered, in a file: a process that is killed leaves there what the next one gives
 * back. Each line is written before its record, or its answer, leaves the process. What was written survives the process
 * (`kill -9`) and not the machine: nothing is forced to the disk.
 */
export interface Journal {
  /** What a former process left open. */
  readonly left: readonly OpenRequest[]
  /** Throws where the file cannot be written: then nothing may be asked. */
  open(request: OpenRequest): void
  /** Throws where the file cannot be written: then the answers may not be given. */
  close(eventIds: readonly string[]): void
  /** Lets go of the file. */
  end(): void
}

const fileName = 'open-requests'
const bytesMaxDefault = 4_000_000

/**
 * Opens the journal of a folder, which must be this process's alone. Written anew with what is open at the beginning and
 * whenever it has `bytesMax`.
 */
export function openJournal(directory: string, bytesMax = bytesMaxDefault): Journal {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const path = join(directory, fileName)
  const open = new Map<string, string>(openLinesIn(path))
  const left = [...open.values()].map(requestOf)
  let file = writtenAnew(path, open.values())
  let bytes = fstatSync(file).size
  let isTorn = false

  const renew = () => {
    const fresh = writtenAnew(path, open.values())
    closeSync(file)
    file = fresh
    bytes = fstatSync(file).size
  }
  const write = (lines: string) => {
    if (isTorn || bytes >= bytesMax) renew()
    // A line that did not get in whole would swallow the next.
    isTorn = true
    const written = writeSync(file, lines)
    if (written < lines.length) throw new Error(`${path} takes no more: is the disk full?`)
    isTorn = false
    bytes += written
  }
  return {
    left,
    open(request) {
      const line = lineOf(request)
      write(line)
      open.set(request.event_id, line)
    },
    close(eventIds) {
      write(eventIds.map((id) => `- ${id}\n`).join(''))
      for (const id of eventIds) open.delete(id)
    },
    end: () => closeSync(file),
  }
}

const lineOf = (request: OpenRequest): string => {
  const { event_id, account_id, type, requested_at, deadline_at, request_id } = request
  return `+ ${event_id} ${account_id} ${type} ${requested_at} ${deadline_at} ${request_id}\n`
}

function requestOf(line: string): OpenRequest {
  const [, event_id, account_id, type, requestedAt, deadlineAt, request_id] = line
    .trimEnd()
    .split(' ') as [string, string, string, DebitRequestType, string, string, string]
  const [requested_at, deadline_at] = [Number(requestedAt), Number(deadlineAt)]
  return { event_id, account_id, request_id, type, requested_at, deadline_at }
}

/** Of each request that is open its line, by event. Behind the last line break nothing had left the process yet. */
function openLinesIn(path: string): Map<string, string> {
  const open = new Map<string, string>()
  if (!existsSync(path)) return open
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1)
  for (const line of lines) {
    const [sign, event = ''] = line.split(' ', 2)
    if (sign === '+') open.set(event, `${line}\n`)
    else open.delete(event)
  }
  return open
}

// Aside, then in the place of the other: a process that is killed between leaves the one or the other, whole.
function writtenAnew(path: string, lines: Iterable<string>): number {
  const aside = `${path}.new`
  const file = openSync(aside, 'w', 0o600)
  try {
    writeSync(file, [...lines].join(''))
    renameSync(aside, path)
    return file
  } catch (error) {
    closeSync(file)
    throw error
  }
}
