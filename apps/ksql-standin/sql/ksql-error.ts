/** What ksqlDB calls its codes: the HTTP status, then two digits of its own. */
export const errorCodes = {
  generic: 40000,
  statement: 40001,
  /** A query that was sent to `/ksql`. */
  queryEndpoint: 40002,
  server: 50000,
} as const

interface ErrorDetails {
  readonly code: number
  readonly statementText: string | null
  readonly isParseError: boolean
}

/**
 * A refusal in ksqlDB's own shape. Errors found while parsing carry a content type on `/query`, later ones carry
 * none (`isParseError`).
 */
export class KsqlError extends Error {
  override name = 'KsqlError'
  readonly code: number
  /** Null where the error is not about a statement. */
  readonly statementText: string | null
  readonly isParseError: boolean

  constructor(message: string, details: ErrorDetails) {
    super(message)
    this.code = details.code
    this.statementText = details.statementText
    this.isParseError = details.isParseError
  }

  get status(): number {
    return Math.floor(this.code / 100)
  }

  /** The body of the response. */
  get body(): object {
    const { code, message, statementText } = this
    return statementText === null
      ? { '@type': 'generic_error', error_code: code, message }
      : { '@type': 'statement_error', error_code: code, message, statementText, entities: [] }
  }
}

/** The text is not a statement at all, or names a source that does not exist. */
export const parseError = (message: string, statementText: string) =>
  new KsqlError(message, { code: errorCodes.statement, statementText, isParseError: true })

/** A statement that is understood and refused. */
export const statementError = (message: string, statementText: string) =>
  new KsqlError(message, { code: errorCodes.statement, statementText, isParseError: false })

/** A refusal that is about no statement. */
export const genericError = (message: string, code: number = errorCodes.generic) =>
  new KsqlError(message, { code, statementText: null, isParseError: false })

/** A query or a PRINT on `/ksql`. */
export const queryEndpointError = (statementText: string) =>
  new KsqlError('queries and PRINT belong to the /query and /query-stream endpoints', {
    code: errorCodes.queryEndpoint,
    statementText,
    isParseError: false,
  })
