import { z } from 'zod'
import { KsqlStatementError, KsqlUnauthorized, KsqlUnavailable } from '#connectors/ksqldb/errors'

const Refusal = z.object({ error_code: z.int(), message: z.string().nullish() })

// The server has one number for a wrong statement and for a table that is not loaded yet: only its words tell.
const notYet =
  /is not available yet|cannot determine which host|all nodes are dead|exceeds? max allowed lag/i
const tryLaterStatuses: readonly number[] = [408, 425, 429]

/** What an answer other than 200 means. */
export function refusalOf(status: number, body: string): Error {
  if (status === 401) return new KsqlUnauthorized('ksqlDB does not take the username and password')
  if (status === 403) return new KsqlUnauthorized('ksqlDB gives these credentials no right to this')
  const said = Refusal.safeParse(jsonOf(body))
  if (!said.success)
    return new KsqlUnavailable(`ksqlDB answered ${status}, and not in its own form`)
  const { error_code, message } = said.data
  return refusedWith(status, error_code, message ?? '')
}

/** What an error means that came where a row was due, behind a 200. */
export function refusalIn(json: unknown): Error {
  const said = Refusal.safeParse(json)
  if (!said.success) return new KsqlUnavailable('ksqlDB broke off its answer')
  const { error_code, message } = said.data
  return refusedWith(Math.floor(error_code / 100), error_code, message ?? '')
}

function refusedWith(status: number, code: number, message: string): Error {
  if (status >= 500 || status < 400 || tryLaterStatuses.includes(status)) {
    return new KsqlUnavailable(`ksqlDB answered ${status} (${code})`)
  }
  if (notYet.test(message)) return new KsqlUnavailable('ksqlDB has not loaded the table yet')
  return new KsqlStatementError(code, message)
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
