import { expect, it } from 'vitest'
import { ksqlStandinSettings } from '#apps/ksql-standin/config'

const DATABASE_URL = 'postgres://corrente:hidden@127.0.0.1:5432/postgres'

it('listens where ksqlDB does unless told otherwise, and allows scans as it does', () => {
  expect(ksqlStandinSettings({ DATABASE_URL })).toEqual({
    port: 8_088,
    host: '127.0.0.1',
    databaseUrl: DATABASE_URL,
    queryMsMax: 60_000,
    areScansOn: true,
  })
  expect(ksqlStandinSettings({ DATABASE_URL, KSQL_TABLE_SCANS: 'off' }).areScansOn).toBe(false)
})

it('says that a Postgres is needed', () => {
  expect(() => ksqlStandinSettings({})).toThrow('DATABASE_URL is not set')
})

it.each(['mysql://one:hidden@host/x', 'host=127.0.0.1 password=hidden', 'hidden'])(
  'refuses the database %s without showing it',
  (given) => {
    const refused = () => ksqlStandinSettings({ DATABASE_URL: given })
    expect(refused).toThrow('DATABASE_URL: is no postgres:// URL')
    expect(refused).not.toThrow('hidden')
  },
)

it.each(['0', 'soon', '-5'])('refuses a time-out of %s', (given) => {
  expect(() => ksqlStandinSettings({ DATABASE_URL, KSQL_QUERY_MS_MAX: given })).toThrow(
    'KSQL_QUERY_MS_MAX',
  )
})
