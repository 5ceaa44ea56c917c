import { describe, expect, it } from 'vitest'
import { exampleSecret } from '#connectors/external-page/example-configuration'
import {
  askedBy,
  pagePlaceholders,
  parsePageUrl,
  parseStatusUrl,
  signedUrl,
} from '#connectors/external-page/page-url'
import { signatureOf } from '#connectors/external-page/signature'

const page =
  'https://pay.example/it/pay?office=7&ref={iud}&sum={amount}&for={description}&back={landing}&at={time}&once={nonce}'
const status = 'https://pay.example/status?ref={iud}&at={time}&once={nonce}'
const filling = {
  iud: '5f0c7a522a0d4c559a3e0d6f6e1b7c11',
  amount: '42.50',
  description: 'Canone & più {iud} + 100% #1',
  landing: 'https://proxy.example/landing/1?a=1&b=2',
  time: '1741594502',
  nonce: 'n-1',
}
const pay = { purpose: 'pay', secret: exampleSecret } as const

describe('an address to pay at', () => {
  it('is filled in, and signed as whoever reads it reads it', () => {
    const url = new URL(signedUrl(page, filling, pay))
    expect(url.origin + url.pathname).toBe('https://pay.example/it/pay')
    const { signature, ...read } = Object.fromEntries(url.searchParams)
    expect(read).toEqual({
      office: '7',
      ref: filling.iud,
      sum: '42.50',
      for: filling.description,
      back: filling.landing,
      at: '1741594502',
      once: 'n-1',
    })
    expect(signature).toBe(signatureOf(Object.entries(read), 'pay', exampleSecret))
  })

  it('says the same to those who read a plus as itself', () => {
    const url = signedUrl(page, filling, pay)
    expect(url).not.toContain('+')
    expect(url).toContain('Canone%20%26%20pi%C3%B9%20%7Biud%7D%20%2B%20100%25%20%231')
  })

  it('is empty where nothing is to fill in, and never leads elsewhere than it says', () => {
    const url = new URL(signedUrl(page, { ...filling, description: '' }, pay))
    expect(url.searchParams.get('for')).toBe('')
    const strange = signedUrl(page, { ...filling, iud: '@evil.example/../?#' }, pay)
    expect(new URL(strange).host).toBe('pay.example')
    expect(new URL(strange).pathname).toBe('/it/pay')
  })

  it('is the same however it is written by a browser', () => {
    const url = signedUrl(page, { ...filling, description: `d'accordo "sì" |` }, pay)
    expect(new URL(url).href).toBe(url)
  })

  it('tells what it asks for', () => {
    expect([...askedBy(status)]).toEqual(['iud', 'time', 'nonce'])
  })
})

describe('what an administrator writes as an address to pay at', () => {
  it('is kept, without what stands around it', () => {
    expect(parsePageUrl(` ${page}\n`)).toBe(page)
    const all = pagePlaceholders.map((word) => `${word}={${word}}`).join('&')
    expect(parsePageUrl(`http://127.0.0.1:8080/?${all}`)).toContain('{cents}')
    expect(parsePageUrl(page.replace('{amount}', '{cents}'))).toContain('{cents}')
  })

  it.each([
    ['is missing; an address is text', undefined],
    ['is no http or https URL', 'ftp://pay.example/?ref={iud}'],
    ['is no http or https URL', 'pay.example'],
    ['is no http or https URL', 'javascript:alert(1)'],
    ['has credentials in it', page.replace('https://', 'https://user:secret@')],
    ['has a fragment', `${page}#top`],
    ['braces that are not in the value', page.replace('pay.example', '{iud}.example')],
    ['braces that are not in the value', page.replace('/it/', '/{iud}/')],
    ['braces that are not in the value', page.replace('office=', '{iud}=')],
    ['a parameter twice', page.replace('office=7', 'ref=7')],
    ['one named signature', page.replace('office=7', 'signature=7')],
    ['asks in braces for something else', page.replace('office=7', 'name={payer}')],
    ['asks in braces for something else', page.replace('office=7', 'name={iud')],
    ['asks in braces for something else', page.replace('office=7', 'name={}')],
    ['does not ask for {iud}', page.replace('{iud}', '1')],
    ['does not ask for {amount} or {cents}', page.replace('{amount}', '1')],
    ['does not ask for {landing}', page.replace('{landing}', '1')],
    ['does not ask for {time}', page.replace('{time}', '1')],
    ['does not ask for {nonce}', page.replace('{nonce}', '1')],
  ])('is refused: it %s', (reason, text) => {
    expect(() => parsePageUrl(text)).toThrow(reason)
  })
})

describe('what an administrator writes as an address that tells a state', () => {
  it('is kept', () => expect(parseStatusUrl(status)).toBe(status))

  it.each([
    ['something else than iud, time, nonce', status.replace('status?', 'status?sum={amount}&')],
    ['does not ask for {iud}', status.replace('{iud}', '1')],
  ])('is refused: it asks for %s', (reason, text) => {
    expect(() => parseStatusUrl(text)).toThrow(reason)
  })
})
