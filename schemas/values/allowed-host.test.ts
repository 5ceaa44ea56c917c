import { describe, expect, it } from 'vitest'
import { isAllowedHost, parseAllowedHost } from '#schemas/values/allowed-host'

describe('an entry of a list of allowed hosts', () => {
  it.each([
    ['pay.example', 'pay.example'],
    [' PAY.Example ', 'pay.example'],
    ['pay.example:8443', 'pay.example:8443'],
    ['pay.example:0443', 'pay.example:443'],
    ['*.Example', '*.example'],
    ['*.pay.example:8443', '*.pay.example:8443'],
    ['Bücher.example', 'xn--bcher-kva.example'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['backplane', 'backplane'],
    ['127.0.0.1', '127.0.0.1'],
    ['2130706433', '127.0.0.1'],
    ['[::1]:8080', '[::1]:8080'],
    ['[0:0:0:0:0:0:0:1]', '[::1]'],
  ])('%j is kept as %s', (text, entry) => {
    expect(parseAllowedHost(text)).toBe(entry)
    expect(parseAllowedHost(entry)).toBe(entry)
  })

  it.each([
    '',
    '*',
    '*.',
    '*example',
    'pay.*.example',
    'pay.example.',
    '.example',
    'pay..example',
    'https://pay.example',
    'pay.example/path',
    'pay.example?x',
    'user@pay.example',
    'pay.example\\',
    '*.10.0.0.1',
    '*.2130706433',
    '*.[::1]',
    '::1',
    'pay.example:99999',
    'pay example',
    'pay.example, other.example',
  ])('is not %j', (text) => {
    expect(() => parseAllowedHost(text)).toThrow('is no host such as pay.example')
  })

  it('is text', () => {
    expect(() => parseAllowedHost(7)).toThrow('is a number; a host is text')
  })
})

describe('a host', () => {
  const isAllowed = (url: string, ...entries: readonly string[]) =>
    isAllowedHost(new URL(url), entries)

  it('is allowed by its name on any port, or by its name on the port that is told', () => {
    expect(isAllowed('https://pay.example:8443/', 'pay.example')).toBe(true)
    expect(isAllowed('https://pay.example:8443/', 'pay.example:8443')).toBe(true)
    expect(isAllowed('https://pay.example/', 'pay.example:443')).toBe(true)
    expect(isAllowed('http://pay.example/', 'pay.example:443')).toBe(false)
  })

  it('is allowed by the domain above it, which does not allow itself', () => {
    expect(isAllowed('https://a.b.example/', '*.b.example')).toBe(true)
    expect(isAllowed('https://b.example/', '*.b.example')).toBe(false)
    expect(isAllowed('https://evilb.example/', '*.b.example')).toBe(false)
    expect(isAllowed('https://.b.example/', '*.b.example')).toBe(false)
  })

  it('is allowed by one entry of many, and by none that is no entry', () => {
    expect(isAllowed('https://pay.example/', 'other.example', 'PAY.example')).toBe(true)
    expect(isAllowed('https://pay.example/', '', '*', 'https://pay.example')).toBe(false)
    expect(isAllowed('https://pay.example/')).toBe(false)
  })
})
