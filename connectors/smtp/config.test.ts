import { describe, expect, it } from 'vitest'
import { SmtpConfig } from '#connectors/smtp/config'

const from = 'no-reply@body.example'
const parsed = (config: Partial<SmtpConfig>) =>
  SmtpConfig.safeParse({ url: 'smtp://mail.body.example', from, ...config })
const complaintOf = (config: Partial<SmtpConfig>) => parsed(config).error?.issues[0]?.message

describe('the settings of the mail server', () => {
  it.each([
    ['smtp://mail.body.example', { host: 'mail.body.example', port: 587, isSecure: false }],
    ['smtps://mail.body.example', { host: 'mail.body.example', port: 465, isSecure: true }],
    ['smtp://127.0.0.1:2525/', { host: '127.0.0.1', port: 2525 }],
    ['smtp://[::1]:2525', { host: '::1', port: 2525 }],
    ['smtps://u%40x:p%3Aw@m.example', { login: { user: 'u@x', pass: 'p:w' } }],
    ['smtps://u:100%@m.example', { login: { user: 'u', pass: '100%' } }],
  ])('are read from %s', (url, expected) => {
    expect(parsed({ url }).data?.url).toMatchObject(expected)
  })

  it.each(['', 'mail.body.example', 'http://mail.body.example', 'smtp://', 'smtp://a?b=c'])(
    'are not %j',
    (url) => expect(complaintOf({ url })).toBe('is no smtp://host:587 or smtps://host:465'),
  )

  it.each([
    ['no-reply@body.example', '', 'no-reply@body.example'],
    ['Body of Bugliano <no-reply@body.example>', 'Body of Bugliano', 'no-reply@body.example'],
  ])('are of the sender %s', (text, name, address) => {
    expect(parsed({ from: text }).data?.from).toEqual({ name, address })
  })

  it.each(['', 'Body', 'Body <>', 'a@b.example, c@d.example', 'Body\r\nBcc: <a@b.example>'])(
    'are of no sender %j',
    (text) => expect(complaintOf({ from: text })).toContain('is no e-mail address'),
  )

  it('send no password in the clear', () => {
    expect(complaintOf({ url: 'smtp://user:pass@127.0.0.1', tls: 'off' })).toBe(
      'must be on where there is a password',
    )
    expect(complaintOf({ url: 'smtps://127.0.0.1', tls: 'off' })).toBe(
      'is for smtp://: smtps:// is TLS',
    )
    expect(complaintOf({ url: 'smtp://127.0.0.1', tls: 'off' })).toBeUndefined()
  })
})
