import { RejectedError, TransientError } from '#core/errors'

/** There is no room: nothing is put until somebody makes some. */
export class ObjectDiskFull extends TransientError {
  override name = 'ObjectDiskFull'
}

const fullCodes: ReadonlySet<string | undefined> = new Set(['ENOSPC', 'EDQUOT'])

/** What a failure of the disk means; the system's own message names paths. */
export function diskFailure(error: unknown): Error {
  const { code } = error as NodeJS.ErrnoException
  return fullCodes.has(code)
    ? new ObjectDiskFull(
        `the disk of the object store is full (${code}): make room on it, or give the store another folder`,
      )
    : new TransientError(`the disk of the object store fails (${code ?? 'for no known reason'})`)
}

export const isCode = (error: unknown, ...codes: readonly string[]): boolean =>
  codes.includes((error as NodeJS.ErrnoException).code ?? '')

/** Its writer or its reader was overtaken: whoever tries again finds what is there now. */
export const overtaken = (key: string): TransientError =>
  new TransientError(`object ${key} was replaced or deleted meanwhile`, { isOfParty: false })

export const damaged = (key: string, how: string): RejectedError =>
  new RejectedError('damaged-object', `object ${key} is damaged: ${how}`)
