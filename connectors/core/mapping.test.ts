import { describe, expect, it } from 'vitest'
import { statusOf, toAnswer, urlsOf } from '#connectors/core/mapping'
import { RejectedError, TransientError } from '#core/errors'

describe('an answer to an outcome', () => {
  const sentence = ['Said in a sentence']
  const problem = { type: 'validation_error', title: 'There was an error', errors: {} }

  it('200 with a sentence is accepted', () => {
    expect(toAnswer({ status: 200, json: sentence })).toBe('accepted')
  })

  it.each([[undefined], [{}], [{ status: 'ok' }], [[]], [''], ['ok'], [null], [[{}]], [problem]])(
    '200 with %j is nobody known speaking, and means later',
    (json) => {
      expect(() => toAnswer({ status: 200, json })).toThrow(TransientError)
    },
  )

  it.each([201, 202, 204, 206])('%s is no success of the Core, and means later', (status) => {
    expect(() => toAnswer({ status, json: sentence })).toThrow(TransientError)
  })

  it('T9: 422 is not-waiting, which is no refusal, whatever its body', () => {
    for (const json of [undefined, {}, sentence]) {
      expect(toAnswer({ status: 422, json })).toBe('not-waiting')
    }
  })

  it.each([302, 401, 403, 408, 425, 429, 500, 502, 503])('%s means later', (status) => {
    for (const json of [undefined, sentence, problem]) {
      expect(() => toAnswer({ status, json })).toThrow(TransientError)
    }
  })

  it.each([400, 404, 405, 410])('%s means never where the Core itself says it', (status) => {
    for (const json of [sentence, problem]) {
      expect(() => toAnswer({ status, json })).toThrow(RejectedError)
    }
    for (const json of [undefined, {}, [], { error: 'no route' }]) {
      expect(() => toAnswer({ status, json })).toThrow(TransientError)
    }
  })
})

describe('a status', () => {
  it.each([['2000'], [2000]])('%j is read as a number', (status) => {
    expect(statusOf({ status: 200, json: { status } })).toBe(2000)
  })

  it.each([[undefined], [{}], [{ status: 'paid' }], [{ status: null }], [{ status: 15.5 }]])(
    'is not found in %j',
    (json) => {
      expect(() => statusOf({ status: 200, json })).toThrow(TransientError)
    },
  )
})

it('a status is not told by a 204', () => {
  expect(() => statusOf({ status: 204, json: { status: '2000' } })).toThrow(TransientError)
})

describe('the address of an application', () => {
  it.each([
    ['https://core.example', 'https://core.example/api/applications/1', '/api/auth'],
    ['https://core.example/', 'https://core.example/lang/api/applications/1', '/lang/api/auth'],
    ['https://core.example/lang', 'https://core.example/lang/api/applications/1', '/lang/api/auth'],
  ])('below %s: %s', (base, url, auth) => {
    expect(urlsOf(base, `${url}/payment`)).toEqual({
      auth: `https://core.example${auth}`,
      target: `${url}/payment`,
    })
  })

  it('is called without what else an event may carry', () => {
    expect(
      urlsOf('https://core.example', 'https://a:b@core.example/api/applications/1#x').target,
    ).toBe('https://core.example/api/applications/1')
  })

  it.each([
    'https://evil.example/lang/api/applications/1',
    'http://core.example/lang/api/applications/1',
    'https://core.example:8443/lang/api/applications/1',
    'https://core.example.evil.example/lang/api/applications/1',
    'https://core.example@evil.example/lang/api/applications/1',
    'https://core.example./lang/api/applications/1',
    'https://evil.example\\@core.example/lang/api/applications/1',
    'https://c\u043Ere.example/lang/api/applications/1',
    'http://169.254.169.254/lang/api/applications/1',
    'http://2852039166/lang/api/applications/1',
    'https://[::1]/lang/api/applications/1',
    'javascript:alert(1)',
    'https://core.example/language/api/applications/1',
    'https://core.example/lang/../other/api/applications/1',
    'https://core.example/lang/%2e%2e/other/api/applications/1',
    'https://core.example/lang/api/users/1',
    'https://core.example/lang/api/applications/',
    'not an address',
    '',
  ])('%j is not one of our Core', (url) => {
    expect(() => urlsOf('https://core.example/lang', url)).toThrow(
      expect.objectContaining({ code: 'foreign-url' }) as Error,
    )
  })
})
