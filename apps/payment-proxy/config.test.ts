import { describe, expect, it } from 'vitest'
import { paymentProxySettings } from '#apps/payment-proxy/config'

describe('payment proxy settings', () => {
  it('listens on loopback unless said otherwise', () => {
    expect(paymentProxySettings({})).toEqual({ port: 8000, host: '127.0.0.1' })
    expect(paymentProxySettings({ PORT: '9000', HOST: '0.0.0.0' })).toEqual({
      port: 9000,
      host: '0.0.0.0',
    })
  })

  it.each([
    [{ PORT: 'eight' }, 'PORT: is no port'],
    [{ PORT: '70000' }, 'PORT: '],
  ])('names what is wrong in %j', (env, sentence) => {
    expect(() => paymentProxySettings(env)).toThrow(sentence)
  })
})
