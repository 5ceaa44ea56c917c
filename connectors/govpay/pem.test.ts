import { describe, expect, it } from 'vitest'
import { exampleCertificate } from '#apps/payment-proxy/configuration/example-certificate'
import { belongTogether, isPrivateKey, parseCertificate, pemOf } from '#connectors/govpay/pem'

const { cert, key } = exampleCertificate(30)
const other = exampleCertificate(30)

describe('a certificate', () => {
  it.each([
    ['as it is', cert],
    ['whose lines became spaces in a form', cert.replaceAll('\n', ' ')],
    ['whose line ends are written out', cert.replaceAll('\n', '\\n')],
    ['with text around it', `subject=example\n${cert}\nthe end`],
  ])('is read %s', (_how, text) => {
    expect(parseCertificate(text)).toBe(cert)
  })

  it('may come with others', () => {
    expect(parseCertificate(cert + other.cert)).toBe(cert + other.cert)
  })

  it.each([[''], ['no certificate'], [key], [cert.replace('MII', 'III')], [null]])(
    'is not %j',
    (text) => {
      expect(() => parseCertificate(text)).toThrow()
    },
  )
})

describe('a private key', () => {
  it('is read as a certificate is', () => {
    expect(isPrivateKey(key.replaceAll('\n', ' '))).toBe(true)
    expect(pemOf(key.replaceAll('\n', ' ')).trim()).toBe(key.trim())
    for (const text of ['', cert, 'key']) expect(isPrivateKey(text)).toBe(false)
  })

  it('is of the certificate, or not', () => {
    expect(belongTogether(cert, key)).toBe(true)
    expect(belongTogether(cert, other.key)).toBe(false)
  })
})
