import { describe, expect, it } from 'vitest'
import { paymentProxySettings } from '#apps/payment-proxy/config'

describe('payment proxy settings', () => {
  it('is reached where it listens unless said otherwise', () => {
    expect(paymentProxySettings({})).toEqual({
      port: 8000,
      host: '127.0.0.1',
      publicUrl: 'http://127.0.0.1:8000',
      internalUrl: 'http://127.0.0.1:8000',
    })
    const behind = { PORT: '9000', CORRENTE_PUBLIC_URL: 'https://pay.example' }
    expect(paymentProxySettings(behind)).toMatchObject({
      publicUrl: 'https://pay.example',
      internalUrl: 'http://127.0.0.1:9000',
    })
  })

  it.each([
    [{ PORT: 'eight' }, 'PORT: is no port'],
    [{ PORT: '70000' }, 'PORT: '],
    [{ CORRENTE_PUBLIC_URL: 'pay.example' }, 'CORRENTE_PUBLIC_URL: is no http or https URL'],
    [{ CORRENTE_INTERNAL_URL: 'http://a/?b' }, 'CORRENTE_INTERNAL_URL: has a query'],
  ])('names what is wrong in %j', (env, sentence) => {
    expect(() => paymentProxySettings(env)).toThrow(sentence)
  })
})
