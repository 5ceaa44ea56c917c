import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { debitEdgeSettings } from '#apps/debit-edge/config'

const key = Buffer.alloc(32, 7).toString('base64')
const env = { DEBITS_CARD_KEY: key }

describe('the settings of the edge', () => {
  it('have usual values for all but the key of cards', () => {
    expect(debitEdgeSettings(env)).toEqual({
      port: 8_006,
      host: '127.0.0.1',
      cardKey: Buffer.alloc(32, 7),
      deadlineMs: 2_800,
      isLuhnChecked: false,
      tokens: [],
      databaseUrl: undefined,
      directory: join('.corrente', 'debit-edge', '0'),
    })
    expect(() => debitEdgeSettings({})).toThrow('DEBITS_CARD_KEY is not set')
  })

  it('give each of several processes a folder of its own', () => {
    const settings = debitEdgeSettings({ ...env, CORRENTE_HOME: '/data', CORRENTE_SLOT: 'two' })
    expect(settings.directory).toBe('/data/debit-edge/two')
    expect(() => debitEdgeSettings({ ...env, CORRENTE_SLOT: '../x' })).toThrow('CORRENTE_SLOT')
  })

  it.each([Buffer.alloc(31, 7).toString('base64'), 'a secret of words, and of no base64 at all'])(
    'refuse the key %s, and do not show it',
    (DEBITS_CARD_KEY) => {
      expect(() => debitEdgeSettings({ DEBITS_CARD_KEY })).toThrow(/^DEBITS_CARD_KEY: /)
      expect(() => debitEdgeSettings({ DEBITS_CARD_KEY })).not.toThrow(DEBITS_CARD_KEY)
    },
  )

  it.each(['49', '60001', 'soon', '1.5'])('refuse a deadline of %s ms', (DEBITS_DEADLINE_MS) => {
    expect(() => debitEdgeSettings({ ...env, DEBITS_DEADLINE_MS })).toThrow('DEBITS_DEADLINE_MS')
  })

  it('let nobody in from other machines who shows no token', () => {
    for (const HOST of ['0.0.0.0', '::', '192.0.2.7']) {
      expect(() => debitEdgeSettings({ ...env, HOST })).toThrow(
        `HOST is ${HOST}: set DEBITS_TOKENS`,
      )
    }
    const DEBITS_TOKENS = 'terminals:a-token-of-the-terminals'
    expect(debitEdgeSettings({ ...env, HOST: '0.0.0.0', DEBITS_TOKENS }).tokens).toEqual([
      { name: 'terminals', token: 'a-token-of-the-terminals' },
    ])
    expect(debitEdgeSettings({ ...env, HOST: '::1' }).host).toBe('::1')
  })

  it('refuse a database that is none, without showing its password', () => {
    const start = () => debitEdgeSettings({ ...env, DATABASE_URL: 'mysql://u:secret@host/db' })
    expect(start).toThrow('DATABASE_URL: is no postgres:// URL')
    expect(start).not.toThrow('secret')
  })
})
