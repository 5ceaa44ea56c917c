import { UnitStoppedError } from '#core/first-start'
import { StoreTakenError } from '#core/state-database'

// Disk full, quota, a disk that does not write (LMDB says it for half a page too), no room in the map.
const diskCodes: ReadonlySet<unknown> = new Set([
  28,
  122,
  5,
  -30_792,
  'ENOSPC',
  'EDQUOT',
  'EIO',
  'EROFS',
  'EACCES',
])

/** What a failure of a store's file means for its unit. */
export interface StateFailure {
  readonly error: Error
  /** The file does not hold what it should: the next to open it makes it anew. */
  readonly isBroken: boolean
}

/** Reads what went wrong with the store in `directory`. */
export function stateFailure(unit: string, directory: string, cause: unknown): StateFailure {
  if (cause instanceof UnitStoppedError || cause instanceof StoreTakenError) {
    return { error: cause, isBroken: false }
  }
  const { message, code } = cause as Error & { readonly code?: unknown }
  if (diskCodes.has(code)) {
    const error = new UnitStoppedError(
      `the state of ${unit} cannot be written in ${directory}: ${message}; ` +
        'make room on its disk, or give another one by CORRENTE_HOME, and start the process again',
      { cause },
    )
    return { error, isBroken: false }
  }
  const error = new Error(`the state of ${unit} in ${directory} cannot be read: ${message}`, {
    cause,
  })
  return { error, isBroken: true }
}

/** Stops a unit whose rows take more than they may. */
export function expectRoom(unit: string, bytes: number, bytesMax: number): void {
  if (bytes <= bytesMax) return
  throw new UnitStoppedError(
    `the state of ${unit} takes ${bytes} bytes and may take ${bytesMax}: ` +
      'raise CORRENTE_STATE_BYTES_MAX, or run more processes of it, and start the process again',
  )
}

/** Why the rows of a table that is looked up cannot be kept. Whoever needs them has them read anew: it goes on by itself. */
export function lookupFailure(table: string, directory: string, cause: unknown): Error {
  const { message, code } = cause as Error & { readonly code?: unknown }
  const advice = diskCodes.has(code)
    ? '; make room on its disk, or give another one by CORRENTE_HOME'
    : ''
  return new Error(`the rows of ${table} cannot be kept in ${directory}: ${message}${advice}`, {
    cause,
  })
}
