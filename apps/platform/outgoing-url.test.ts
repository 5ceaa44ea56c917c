import { describe, expect, it } from 'vitest'
import { allowedHosts, outgoingUrl } from '#apps/platform/outgoing-url'

const hosts = [
  'pay.example',
  'gate.example:8443',
  '*.city.example',
  'plain.example:80',
  'Bücher.example',
  '127.0.0.1',
  '[::1]:8080',
  '169.254.169.254',
]
const codeOf = (url: string, allowed: readonly string[] = hosts) => {
  try {
    return outgoingUrl(url, allowed).href
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe('a URL that came with data', () => {
  it.each([
    'https://pay.example/payments/1?now=yes',
    'http://pay.example:8080/',
    'https://gate.example:8443/update',
    'https://a.city.example/',
    'https://a.b.city.example/',
    'http://plain.example/',
    'http://127.0.0.1:17002/examplepay/update/1',
    'http://[::1]:8080/',
  ])('is called where its host is on the list: %s', (url) => expect(codeOf(url)).toBe(url))

  it('is compared as it is called: case, international names and numbers are written in one way', () => {
    expect(codeOf('HTTPS://PAY.Example/')).toBe('https://pay.example/')
    expect(codeOf('https://bücher.example/')).toBe('https://xn--bcher-kva.example/')
    expect(codeOf('http://0x7f.1/')).toBe('http://127.0.0.1/')
  })

  it.each([
    'https://other.example/',
    'https://pay.example.evil.example/',
    'https://notpay.example/',
    'https://city.example/',
    'https://evilcity.example/',
    'https://gate.example/',
    'https://gate.example:8444/',
    'https://plain.example/',
    'http://[::1]:8081/',
    'http://127.0.0.2/',
    'https://pay.example./',
  ])('is not called where it is not: %s', (url) => expect(codeOf(url)).toBe('host-not-allowed'))

  it('is not called where the list is empty, or says nothing that is a host', () => {
    expect(codeOf('https://pay.example/', [])).toBe('host-not-allowed')
    expect(codeOf('https://pay.example/', ['', '*', '*.', '.', 'https://pay.example'])).toBe(
      'host-not-allowed',
    )
  })

  it.each([
    'http://169.254.169.254/latest/meta-data/',
    'http://2852039166/',
    'http://0xa9.0xfe.0xa9.0xfe/',
    'http://0251.0376.0251.0376/',
    'http://169.254.43518/',
    'http://[::ffff:169.254.169.254]/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://[fe80::1]/',
    'http://[64:ff9b::a9fe:a9fe]/',
  ])('is never called at an address of the link, though it were listed: %s', (url) => {
    const { host } = new URL(url)
    expect(codeOf(url, [...hosts, host])).toBe('link-local-host')
  })

  it.each([
    ['https://pay.example@evil.example/', 'url-with-credentials'],
    ['https://user:secret@pay.example/', 'url-with-credentials'],
    ['https://:@pay.example/', 'https://pay.example/'],
    ['ftp://pay.example/', 'no-web-url'],
    ['file:///etc/passwd', 'no-web-url'],
    ['javascript:alert(1)', 'no-web-url'],
    ['gopher://pay.example/', 'no-web-url'],
    ['//pay.example/', 'no-web-url'],
    ['https:pay.example', 'no-web-url'],
    ['https://evil.example\\@pay.example/', 'no-web-url'],
    ['https://pay.example/\r\nX-Header: 1', 'no-web-url'],
    ['https://[fe80::1%25eth0]/', 'no-web-url'],
    ['', 'no-web-url'],
  ])('is read strictly: %s', (url, code) => expect(codeOf(url)).toBe(code))

  it('is refused without its path and query, which may hold personal data', () => {
    const refused = () => outgoingUrl('https://other.example/RSSMRA80A01H501U?n=1', hosts)
    expect(refused).toThrow("other.example is not among the tenant's allowed hosts")
    const withPassword = () => outgoingUrl('https://user:secret@pay.example/', hosts)
    expect(withPassword).toThrow('the address has credentials in it')
  })
})

describe('a setting that lists hosts', () => {
  it('is read entry by entry', () => {
    expect(allowedHosts.parse('pay.example, *.City.example:8443,[::1]')).toEqual([
      'pay.example',
      '*.city.example:8443',
      '[::1]',
    ])
  })

  it.each(['', '*', 'pay.example,', 'https://pay.example'])('is not %j', (text) => {
    const { error } = allowedHosts.safeParse(text)
    expect(error?.issues[0]?.message).toMatch(/^is no host such as pay\.example/)
  })
})
