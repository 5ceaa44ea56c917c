/**
 * A value is not what its schema says. `pointer` is where (RFC 6901, `/payment/amount`; empty for
 * the whole), `reason` a lower-case fact that repeats no personal data.
 */
export class InvalidValueError extends Error {
  override name = 'InvalidValueError'
  readonly pointer: string
  readonly reason: string

  constructor(reason: string, pointer = '') {
    super(pointer === '' ? reason : `${pointer}: ${reason}`)
    this.reason = reason
    this.pointer = pointer
  }

  /** The same, seen from the record or list around it. */
  under(member: string | number): InvalidValueError {
    const token = String(member).replaceAll('~', '~0').replaceAll('/', '~1')
    return new InvalidValueError(this.reason, `/${token}${this.pointer}`)
  }
}

/** What a value is, for reasons: `a number`, `a list`, `null`. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'missing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

/** The text itself. Throws InvalidValueError where it is not text. */
export function textOf(value: unknown, what: string): string {
  if (typeof value === 'string') return value
  throw new InvalidValueError(`is ${kindOf(value)}; ${what} is text`)
}
