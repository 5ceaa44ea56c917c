import { RejectedError, TransientError } from '#core/errors'

/** ksqlDB cannot say now: not reached, starting, loading, too busy, cut short, or it was not ksqlDB that answered. */
export class KsqlUnavailable extends TransientError {
  override name = 'KsqlUnavailable'
}

/** ksqlDB does not take our credentials, or they have no right to this. */
export class KsqlUnauthorized extends TransientError {
  override name = 'KsqlUnauthorized'
}

/** ksqlDB refuses this statement, today and tomorrow. The server's own words may repeat values: they are not shown. */
export class KsqlStatementError extends RejectedError {
  override name = 'KsqlStatementError'
  /** ksqlDB's own number: 40001 the statement, 40000 the request, 42801 no registry configured, … */
  readonly errorCode: number
  /** ksqlDB's own words. They quote the statement with its values: not for logs. */
  readonly detail: string

  constructor(errorCode: number, detail: string) {
    super(`ksqldb-${errorCode}`, `ksqlDB refuses the statement (${errorCode})`)
    this.errorCode = errorCode
    this.detail = detail
  }
}
