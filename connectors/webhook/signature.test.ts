import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { signatureOf, verifySignature } from '#connectors/webhook/signature'

const secret = 'an-example-secret-of-32-characters'
const body = '{"id":"export-ready:5f0c7a52","type":"export-ready@1"}'
const seconds = 1_741_594_502
const at = new Date(seconds * 1_000)
// Computed by another program than ours: printf '%s' "1741594502.$body" | openssl dgst -sha256 -hmac "$secret"
const computed = 'b9c582c8b2f3880ea31dd052238c13ff16b273ca78014f0a063dd88f8e2fdf88'

const verified = (header: string | undefined, { text = body, lateSeconds = 0 } = {}) =>
  verifySignature(header, text, { secret, now: new Date((seconds + lateSeconds) * 1_000) })
const bad = expect.objectContaining({ name: 'RejectedError', code: 'bad-signature' }) as Error

describe('the signature of a webhook', () => {
  it('is the one another program computes, and the page for receivers shows', () => {
    const header = `t=${seconds},v1=${computed}`
    expect(signatureOf(body, [secret], at)).toBe(header)
    const page = readFileSync('docs/notifications.md', 'utf8')
    for (const shown of [secret, body, header]) expect(page).toContain(shown)
  })

  it('is there once for each secret, and any of them will do', () => {
    const header = signatureOf(body, ['another-secret-of-32-characters!', secret], at)
    expect(header.match(/v1=/g)).toHaveLength(2)
    expect(() => verified(header)).not.toThrow()
  })

  it.each([-300, 0, 300])('is taken %i seconds from now', (lateSeconds) => {
    expect(() => verified(signatureOf(body, [secret], at), { lateSeconds })).not.toThrow()
  })

  it.each([-301, 301, 86_400])('is refused %i seconds from now', (lateSeconds) => {
    expect(() => verified(signatureOf(body, [secret], at), { lateSeconds })).toThrow(bad)
  })

  it('is of every byte of the body', () => {
    const header = signatureOf(body, [secret], at)
    expect(() => verified(header, { text: body.replace('@1', '@2') })).toThrow(bad)
    expect(() => verified(header, { text: `${body} ` })).toThrow(bad)
  })

  const right = signatureOf(body, [secret], at)
  const ofBodyAlone = createHmac('sha256', secret).update(body).digest('hex')
  it.each([
    ['none', undefined],
    ['an empty one', ''],
    ['one by another secret', signatureOf(body, ['another-secret-of-32-characters!'], at)],
    ['one of the body alone', `t=${seconds},v1=${ofBodyAlone}`],
    ['one of another time', right.replace(String(seconds), String(seconds + 1))],
    ['one cut short', right.slice(0, -2)],
    ['one without a time', right.replace(/^t=\d+,/, '')],
    ['one of another version', right.replace('v1=', 'v0=')],
    ['one with more behind it', `${right},x=1`],
  ])('is not %s', (_what, header) => {
    expect(() => verified(header)).toThrow(bad)
  })
})
