import { expect, it } from 'vitest'
import { projectorSettings } from '#apps/platform/projection/config'

const DATABASE_URL = 'postgres://corrente:hidden@127.0.0.1:5432/corrente'

it('listens where its app does unless told otherwise', () => {
  const settings = { port: 8_007, host: '127.0.0.1', databaseUrl: DATABASE_URL }
  expect(projectorSettings({ DATABASE_URL }, 8_007)).toEqual(settings)
  expect(projectorSettings({ DATABASE_URL, PORT: '0', HOST: '0.0.0.0' }, 8_007)).toEqual({
    ...settings,
    port: 0,
    host: '0.0.0.0',
  })
})

it('says that a Postgres is needed', () => {
  expect(() => projectorSettings({}, 8_007)).toThrow('DATABASE_URL is not set')
})

it('shows no password of an address that is none', () => {
  const refused = () => projectorSettings({ DATABASE_URL: 'mysql://one:hidden@host/x' }, 8_007)
  expect(refused).toThrow('DATABASE_URL: is no postgres:// URL')
  expect(refused).not.toThrow('hidden')
})
