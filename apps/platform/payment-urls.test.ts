import { describe, expect, it } from 'vitest'
import { addressesBehind, urlsOf } from '#apps/platform/payment-urls'

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

describe('addressesBehind', () => {
  const { addresses, links } = urlsOf('https://pay.example/proxy', 'http://inside:8000')(
    'page',
    'p-1',
  )

  it('finds what the intermediary is told by the link that begins the payment', () => {
    expect(addressesBehind(links.online_payment_begin, 'page', 'p-1')).toEqual(addresses)
  })

  it.each([
    ['there is no link', null],
    ['it begins elsewhere', 'https://other.example/pay/p-1'],
    ['it is of another payment', 'https://pay.example/page/online-payment/p-2'],
    ['it is of another connector', 'https://pay.example/other/online-payment/p-1'],
    ['more follows', 'https://pay.example/page/online-payment/p-1?to=https://evil.example'],
  ])('knows none where %s', (_scene, link) => {
    expect(addressesBehind(link, 'page', 'p-1')).toBeNull()
  })
})
