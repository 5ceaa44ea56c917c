import { describe, expect, it } from 'vitest'
import { workerConfig } from '#apps/worker/config'

const env = {
  CORRENTE_PUBLIC_URL: 'https://pay.example',
  CORE_URL: 'https://core.example/api',
  CORE_USERNAME: 'corrente',
  CORE_PASSWORD: 'secret',
}

describe('worker settings', () => {
  it('reaches the proxy inside as outside unless said otherwise', () => {
    expect(workerConfig(env)).toEqual({
      host: '127.0.0.1',
      port: 8001,
      publicUrl: 'https://pay.example',
      internalUrl: 'https://pay.example',
      core: { base_url: 'https://core.example/api', username: 'corrente', password: 'secret' },
      retryWindowMs: 3_600_000,
      checkTail: 'daily',
      dues: { askEveryMs: 600_000, landingUrl: null },
      debits: { idWindowMs: 259_200_000, holdMs: 604_800_000, overPostPercent: 15 },
      arePayersMailed: false,
      notifications: {
        smtp: undefined,
        webhooks: { webhooks: [] },
        giveUpAfterMs: 86_400_000,
      },
      sweepEveryMs: 3_600_000,
      tenantLabels: { named: [], countMax: 100 },
      slot: undefined,
      home: '.corrente',
      stateBytesMax: 20_000_000_000,
    })
    const inside = { ...env, CORRENTE_INTERNAL_URL: 'http://payment-proxy:8000' }
    expect(workerConfig(inside).internalUrl).toBe('http://payment-proxy:8000')
  })

  it.each(['CORRENTE_PUBLIC_URL', 'CORRENTE_INTERNAL_URL', 'CORE_URL'])(
    'takes a base of web addresses alone for %s',
    (name) => {
      const start = (url: string) => () => workerConfig({ ...env, [name]: url })
      expect(start('javascript:alert(1)')).toThrow(`${name}: is no http or https URL`)
      expect(start('https://a.example/?b')).toThrow(`${name}: has a query`)
      expect(start('https://user:secret@a.example')).toThrow(`${name}: has credentials in it`)
    },
  )

  it.each(['-1', '1.5', 'an hour', '604801'])('takes no retry window of %s', (seconds) => {
    expect(() => workerConfig({ ...env, CORRENTE_RETRY_WINDOW_SECONDS: seconds })).toThrow(
      'CORRENTE_RETRY_WINDOW_SECONDS',
    )
  })

  it('counts the payments of the bodies apart that it names, and of so many in all', () => {
    const [one, two] = [
      '6f2c9a1e-4b7d-4c3a-9e58-1d2f3a4b5c6d',
      '7A3D0B2F-4B7D-4C3A-9E58-1D2F3A4B5C6D',
    ] as const
    const { tenantLabels } = workerConfig({
      ...env,
      CORRENTE_METRICS_TENANTS: `${one}, ${two}`,
      CORRENTE_METRICS_TENANTS_MAX: '10',
    })
    expect(tenantLabels).toEqual({ named: [one, two.toLowerCase()], countMax: 10 })
    expect(() => workerConfig({ ...env, CORRENTE_METRICS_TENANTS: 'Comune di Bugliano' })).toThrow(
      'CORRENTE_METRICS_TENANTS',
    )
  })

  it('asks for dues as often, and sends their payers, as it is said', () => {
    const { dues } = workerConfig({
      ...env,
      CORRENTE_DUES_EVERY_SECONDS: '60',
      CORRENTE_DUES_LANDING_URL: 'https://core.example/payments',
    })
    expect(dues).toEqual({ askEveryMs: 60_000, landingUrl: 'https://core.example/payments' })
  })

  it('has payers mailed where that is said', () => {
    expect(workerConfig({ ...env, CORRENTE_PAYMENT_MAILS: 'on' }).arePayersMailed).toBe(true)
    expect(() => workerConfig({ ...env, CORRENTE_PAYMENT_MAILS: 'yes' })).toThrow(
      'CORRENTE_PAYMENT_MAILS',
    )
  })

  it('keeps ids of debits, holds and posts beyond them as it is said', () => {
    const { debits } = workerConfig({
      ...env,
      DEBITS_ID_WINDOW_HOURS: '24',
      DEBITS_HOLD_DAYS: '30',
      DEBITS_OVER_POST_PERCENT: '0',
    })
    expect(debits).toEqual({ idWindowMs: 86_400_000, holdMs: 2_592_000_000, overPostPercent: 0 })
  })

  it.each([
    ['DEBITS_ID_WINDOW_HOURS', '0'],
    ['DEBITS_ID_WINDOW_HOURS', '721'],
    ['DEBITS_HOLD_DAYS', '0'],
    ['DEBITS_HOLD_DAYS', '31'],
    ['DEBITS_OVER_POST_PERCENT', '-1'],
    ['DEBITS_OVER_POST_PERCENT', '101'],
    ['DEBITS_OVER_POST_PERCENT', '1.5'],
  ])('takes no %s of %s', (name, value) => {
    expect(() => workerConfig({ ...env, [name]: value })).toThrow(name)
  })

  it('names all that is not set', () => {
    expect(() => workerConfig({ CORE_URL: '' })).toThrow(
      'CORRENTE_PUBLIC_URL is not set; CORE_URL is not set; CORE_USERNAME is not set; CORE_PASSWORD is not set',
    )
  })
})
