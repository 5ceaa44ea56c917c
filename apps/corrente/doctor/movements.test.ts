import { describe, expect, it } from 'vitest'
import { examined } from '#apps/corrente/doctor/finding'
import { checkMovements } from '#apps/corrente/doctor/movements'

const told = async (env: Parameters<typeof checkMovements>[0]) =>
  (await examined('movements', () => checkMovements(env))).map(
    ({ level, sentence }) => `${level}: ${sentence}`,
  )
const url = 'postgres://reader:hidden@127.0.0.1:1/bank'

describe('what a doctor says of the database of movements', () => {
  it('is nothing where there is none', async () => {
    expect(await told({})).toEqual([
      'ok: CORRENTE_MOVEMENTS_DATABASE_URL is not set: no database of movements was examined',
    ])
  })

  it('is what to set where a setting is missing', async () => {
    expect(await told({ CORRENTE_MOVEMENTS_DATABASE_URL: url })).toEqual([
      'problem: CORRENTE_MOVEMENTS_QUERY_FILE is not set: name the file of the query that gives movements from CORRENTE_MOVEMENTS_DATABASE_URL',
    ])
  })

  it('is that it cannot be asked, without its password', async () => {
    const query = { CORRENTE_MOVEMENTS_QUERY_FILE: 'docs/movements/movements.sql' }
    expect(await told({ CORRENTE_MOVEMENTS_DATABASE_URL: url, ...query })).toEqual([
      'problem: the database of movements cannot be asked: connect ECONNREFUSED 127.0.0.1:1',
    ])
  })
})
