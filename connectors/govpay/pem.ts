import { createPrivateKey, X509Certificate } from 'node:crypto'
import { InvalidValueError, textOf } from '#schemas/values/invalid-value'

const block = /-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\s]+)-----END \1-----/g

/** PEM with its lines as they must be: a form of one line makes spaces of them. Empty where there is none. */
export const pemOf = (text: string): string =>
  [...text.replaceAll('\\n', '\n').matchAll(block)]
    .map(([, label, body = '']) => {
      const lines = body.replace(/\s+/g, '').match(/.{1,64}/g) ?? []
      return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----\n`].join('\n')
    })
    .join('')

/** One certificate or several, PEM. Throws InvalidValueError. */
export function parseCertificate(input: unknown): string {
  const pem = pemOf(textOf(input, 'a certificate'))
  if (isReadable(() => new X509Certificate(pem))) return pem
  throw new InvalidValueError('is no certificate in PEM')
}

/** Whether it is a private key in PEM that needs no passphrase. */
export const isPrivateKey = (text: string): boolean =>
  isReadable(() => createPrivateKey(pemOf(text)))

/** Whether the first of the certificates is of this key. */
export const belongTogether = (certificate: string, key: string): boolean =>
  isReadable(() => {
    const isOfKey = new X509Certificate(certificate).checkPrivateKey(createPrivateKey(pemOf(key)))
    if (!isOfKey) throw new InvalidValueError('is of another key')
  })

const isReadable = (read: () => unknown): boolean => {
  try {
    read()
    return true
  } catch {
    return false
  }
}
