import { describe, expect, it } from 'vitest'
import { ksqldbSettings } from '#apps/platform/ksqldb-settings'

describe('the settings of ksqlDB', () => {
  it('are none where nobody names it', () => {
    expect(ksqldbSettings({})).toBeUndefined()
    expect(ksqldbSettings({ KSQLDB_URL: '' })).toBeUndefined()
  })

  it('are read by either name, credentials in the URL or beside it', () => {
    const url = 'http://ann:secret@127.0.0.1:8088'
    expect(ksqldbSettings({ KSQLDB_SERVER: url })).toEqual({ url, http: '1.1' })
    expect(
      ksqldbSettings({
        KSQLDB_URL: 'https://ksql.example',
        KSQLDB_SERVER: url,
        KSQLDB_USERNAME: 'ann',
        KSQLDB_PASSWORD: 'secret',
        KSQLDB_HTTP: '2',
      }),
    ).toEqual({ url: 'https://ksql.example', http: '2', username: 'ann', password: 'secret' })
  })

  it('are refused without being shown', () => {
    expect(() => ksqldbSettings({ KSQLDB_URL: 'ksql://ann:secret@host' })).toThrow(
      'KSQLDB_URL: is no http or https URL',
    )
    expect(() => ksqldbSettings({ KSQLDB_URL: 'http://host', KSQLDB_HTTP: '3' })).toThrow(
      'KSQLDB_HTTP: is neither 1.1 nor 2',
    )
  })
})
