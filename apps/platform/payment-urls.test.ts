import { describe, expect, it } from 'vitest'
import { urlsOf } from '#apps/platform/payment-urls'

describe('urlsOf', () => {
  it('gives payers and intermediaries the public base, the poller the internal one', () => {
    const urls = urlsOf('https://pay.example/', 'http://proxy.internal:8000')
    expect(urls('examplepay', 'p-1')).toEqual({
      addresses: {
        landing: 'https://pay.example/examplepay/landing/p-1',
        notify: 'https://pay.example/examplepay/notify',
      },
      links: {
        online_payment_begin: 'https://pay.example/examplepay/online-payment/p-1',
        offline_payment: 'https://pay.example/examplepay/notice/p-1',
        receipt: 'https://pay.example/examplepay/receipt/p-1',
        update: 'http://proxy.internal:8000/examplepay/update/p-1',
      },
    })
  })
})
