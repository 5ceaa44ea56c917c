import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { exampleSecret } from '#connectors/external-page/example-configuration'
import { canonicalOf, signatureOf, verifiedSignature } from '#connectors/external-page/signature'

const readme = readFileSync('connectors/external-page/README.md', 'utf8')

describe('what is signed of an address', () => {
  const parameters: [string, string][] = [
    ['iud', '5f0c7a522a0d4c559a3e0d6f6e1b7c11'],
    ['amount', '42.50'],
    ['currency', 'EUR'],
    ['description', 'Canone unico è dovuto (2025)'],
    ['landing', 'https://proxy.example/external-page/landing/1'],
    ['notify', 'https://proxy.example/external-page/notify'],
    ['time', '1741594502'],
    ['nonce', '0b9a7c3e9a404d7ca1a54f7b0a6d2c18'],
  ]

  it('is what the README says, whatever the order', () => {
    const canonical = canonicalOf(parameters, 'pay')
    expect(readme).toContain(canonical)
    expect(canonicalOf([...parameters].reverse(), 'pay')).toBe(canonical)
  })

  // Computed by another program than ours.
  const computed = '15d18e1722a37b1ad322bd4be39e37afa9980c3a4c624b91da0ded4bf8d4e4fd'

  it('is signed as another program signs it', () => {
    expect(signatureOf(parameters, 'pay', exampleSecret)).toBe(computed)
    expect(readme).toContain(computed)
  })

  it.each([
    ['for another purpose', () => signatureOf(parameters, 'status', exampleSecret)],
    ['with another secret', () => signatureOf(parameters, 'pay', `${exampleSecret}!`)],
    ['without a parameter', () => signatureOf(parameters.slice(1), 'pay', exampleSecret)],
  ])('is another signature %s', (_how, signature) => {
    expect(signature()).not.toBe(computed)
  })

  it('cannot be told apart into other parameters', () => {
    const one = canonicalOf([['a', '1\nb=2']], 'pay')
    const other = canonicalOf(
      [
        ['a', '1'],
        ['b', '2'],
      ],
      'pay',
    )
    expect(one).not.toBe(other)
    expect(canonicalOf([['a', '1&b=2']], 'pay')).not.toBe(canonicalOf([['a&b', '1=2']], 'pay'))
  })
})

describe('the signature of a callback', () => {
  const body =
    '{"iud":"5f0c7a522a0d4c559a3e0d6f6e1b7c11","state":"PAID","transaction_id":"XP-1",' +
    '"paid_at":"2025-03-10T09:20:00+01:00","amount":"42.50","currency":"EUR"}'
  const time = 1_741_594_800
  const nonce = '0b9a7c3e9a404d7ca1a54f7b0a6d2c18'
  // Computed by another program than ours.
  const computed = '3c2fa09f383de345244c6d64be40e77efb94ebb35d3aff1ece75963ab3173b20'
  const header = `t=${time},n=${nonce},s=${computed}`
  const at = (seconds: number) => new Date((time + seconds) * 1_000)
  const verified = (value: string | undefined, { text = body, seconds = 0 } = {}) =>
    verifiedSignature(
      { headers: { 'x-external-page-signature': value }, body: text },
      exampleSecret,
      at(seconds),
    )

  it('is the one another program computes, and the README shows', () => {
    expect(verified(header)).toBe(computed)
    expect(readme).toContain(header)
    expect(readme).toContain(body)
  })

  it.each([-300, 300])('is taken %i seconds from now', (seconds) => {
    expect(verified(header, { seconds })).toBe(computed)
  })

  const bad = expect.objectContaining({ name: 'RejectedError', code: 'bad-signature' }) as Error

  it.each([-301, 301, 86_400])('is refused %i seconds from now', (seconds) => {
    expect(() => verified(header, { seconds })).toThrow(bad)
  })

  const other = createHmac('sha256', 'another secret').update(body).digest('hex')
  it.each([
    ['none', undefined],
    ['an empty one', ''],
    ['one by another secret', header.replace(computed, other)],
    ['one of the body alone', header.replace(computed, hmac(body))],
    ['one for an address', header.replace(computed, hmac(`pay\n${time}\n${nonce}\n${body}`))],
    ['one of another time', header.replace(String(time), String(time + 1))],
    ['one of another nonce', header.replace('0b9a', '0b9b')],
    ['one cut short', header.slice(0, -2)],
    ['one that is no hex', header.replace(computed, 'z'.repeat(64))],
    ['one with more behind it', `${header},s=${computed}`],
  ])('is not %s', (_what, value) => {
    expect(() => verified(value)).toThrow(bad)
  })

  it('is of every byte of the body', () => {
    expect(() => verified(header, { text: body.replace('42.50', '42.51') })).toThrow(bad)
    expect(() => verified(header, { text: `${body} ` })).toThrow(bad)
  })
})

function hmac(text: string): string {
  return createHmac('sha256', exampleSecret).update(text).digest('hex')
}
