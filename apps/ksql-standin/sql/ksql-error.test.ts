import { describe, expect, it } from 'vitest'
import {
  errorCodes,
  genericError,
  parseError,
  queryEndpointError,
  statementError,
} from '#apps/ksql-standin/sql/ksql-error'

describe('an error of ksqlDB', () => {
  it('about a statement carries it, and no entities', () => {
    expect(statementError('no such column', 'SELECT x FROM y;').body).toEqual({
      '@type': 'statement_error',
      error_code: 40001,
      message: 'no such column',
      statementText: 'SELECT x FROM y;',
      entities: [],
    })
  })

  it('about no statement is a generic one', () => {
    expect(genericError('no such topic').body).toEqual({
      '@type': 'generic_error',
      error_code: 40000,
      message: 'no such topic',
    })
  })

  it('has the status its code begins with', () => {
    expect(genericError('nothing was sent', errorCodes.server).status).toBe(500)
    expect(queryEndpointError('SELECT 1;')).toMatchObject({ status: 400, code: 40002 })
  })

  it('says whether it was found while parsing', () => {
    expect(parseError('what?', 'SELEC;').isParseError).toBe(true)
    expect(statementError('no', 'SELECT;').isParseError).toBe(false)
  })
})
