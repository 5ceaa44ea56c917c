import { RejectedError } from '#core/errors'

/** Why a value cannot be printed: a reason that repeats nothing of it. Whoever knows its name adds that. */
export class UnprintableError extends Error {
  override name = 'UnprintableError'
  readonly code: string
  constructor(code: string, reason: string) {
    super(reason)
    this.code = code
  }
}

/** What `read` gives; throws RejectedError where it cannot be printed, saying which field that is. */
export function naming<Value>(fieldOf: () => string, read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof UnprintableError)) throw error
    const field = fieldOf()
    throw new RejectedError(error.code, `${field} ${error.message}`, { field })
  }
}
