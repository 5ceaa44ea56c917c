import { inspect } from 'node:util'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { envelopeOf, soapFault } from '#soap/envelope'
import { startExampleServer } from '#soap/example-server'
import { askExample, exampleAnswerText, examplePassword } from '#soap/example-service'
import { SoapFaultError } from '#soap/exchange'
import { TransientError } from '#core/errors'
import type { ExampleServer } from '#soap/example-server'

let server: ExampleServer
beforeAll(async () => {
  server = await startExampleServer()
})
afterAll(() => server.stop())

const ask = (timeout_ms?: number, url = server.url, signal?: AbortSignal) =>
  askExample(url, timeout_ms, signal)
const asked = exampleAnswerText('<word>PRVLCU85M15X000R</word>')
const told = { word: ['PRVLCU85M15X000R'] }
const fault = soapFault('PRVLCU85M15X000R')
// Nine levels of ten: a billion words out of a screenful.
const billionLaughs = `<!DOCTYPE l [<!ENTITY a "ha">${[...'bcdefghij']
  .map((name, i) => `<!ENTITY ${name} "${`&${'abcdefghij'[i]};`.repeat(10)}">`)
  .join('')}]>`

describe('an answer', () => {
  it.each(['text/xml', 'text/xml;charset="UTF-8"', 'application/xml; charset=utf8'])(
    'is read as %s',
    async (type) => {
      server.answerText(asked, 200, { 'content-type': type })
      expect(await ask()).toEqual(told)
    },
  )

  it.each([
    [200, 'a page', '<!doctype html><title>Login</title>', 'text/html'],
    [200, 'a page that says it is XML', '<html><body/></html>', 'text/xml; charset=utf-8'],
    [200, 'nothing', '', 'text/xml'],
    [200, 'JSON', '{"word":"OK"}', 'application/json'],
    [200, 'XML cut short', asked.slice(0, -20), 'text/xml'],
    [200, 'another character set, declared', asked, 'text/xml; charset=iso-8859-1'],
    [200, 'another character set within', asked.replace('UTF-8', 'ISO-8859-1'), 'text/xml'],
    [200, 'a SOAP fault', fault, 'text/xml'],
    [500, 'a SOAP fault', fault, 'text/xml'],
    [500, 'a page', '<h1>Error</h1>', 'text/html'],
    [500, 'an answer all the same', asked, 'text/xml'],
    [401, 'a page', '<h1>No</h1>', 'text/html'],
    [404, 'a page', '<h1>No</h1>', 'text/html'],
    [429, 'a page', '<h1>Later</h1>', 'text/html'],
    [503, 'a page', '<h1>Down</h1>', 'text/html'],
    [302, 'a redirect', '', 'text/html'],
  ])('of %s with %s is unknown, and nothing of it is repeated', async (...given) => {
    const [status, , text, type] = given
    server.answerText(text, status, { 'content-type': type, location: 'http://127.0.0.1:9/' })
    const error: unknown = await ask().catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(TransientError)
    expect((error as Error).message).toMatch(new RegExp(`^the example answered ${status}`))
    expect(inspect(error)).not.toMatch(/PRVLCU|Login/)
  })

  it.each([200, 500])(
    'that is a SOAP fault (%i) can be asked what it says, and shows it nowhere',
    async (status) => {
      server.answerText(fault, status)
      const error = await ask().catch((thrown: unknown) => thrown as SoapFaultError)
      expect(error).toBeInstanceOf(SoapFaultError)
      const { says } = SoapFaultError.prototype
      expect(['PRVLCU85M15X000R', 'anything else'].map((words) => says.call(error, words))).toEqual(
        [true, false],
      )
      expect(JSON.stringify(error) + inspect(error)).not.toContain('PRVLCU85M15X000R')
    },
  )

  it('in bytes that are no UTF-8 is unknown', async () => {
    server.answerText(Buffer.from(asked.replace('PRVLCU', 'è'), 'latin1'))
    await expect(ask()).rejects.toThrow('the example answered 200, and the answer is not UTF-8')
  })

  it.each([
    ['multiply', billionLaughs],
    ['reach outside', '<!DOCTYPE a SYSTEM "file:///etc/passwd">'],
  ])('with entities that %s is unknown', async (_what, doctype) => {
    server.answerText(asked.replace('?>', `?>${doctype}`).replace('PRVLCU', '&j;'))
    await expect(ask()).rejects.toThrow('the answer has a document type')
  })

  it('whose elements name one another is unknown, and spoils no object', async () => {
    server.answerText(asked.replace('<word>', '<word id="__proto__">'))
    await expect(ask()).rejects.toThrow('the answer has references within')
    expect('obj' in {}).toBe(false)
  })

  it('nested without end is unknown', async () => {
    server.answerText(exampleAnswerText('<word>'.repeat(40) + '</word>'.repeat(40)))
    await expect(ask()).rejects.toThrow('the answer is nested too deeply')
  })

  it.each(['as it is', 'compressed'])('of 50 MB, %s, is not taken in', async (how) => {
    const padded = exampleAnswerText(`<word>${' '.repeat(50_000_000)}</word>`)
    const headers = { 'content-type': 'text/xml' }
    if (how === 'as it is') server.answerText(padded, 200, headers)
    else server.answerText(gzipSync(padded), 200, { ...headers, 'content-encoding': 'gzip' })
    await expect(ask(5_000)).rejects.toThrow(/^the example gave no answer/)
  })

  it('with another text in the place of elements is the text, not a rule', async () => {
    server.answerText(envelopeOf('<m:askAnswer xmlns:m="urn:example:messages">no</m:askAnswer>'))
    expect(await ask()).toEqual('no')
  })
})

describe('a request', () => {
  it('waits no longer than told for an answer that does not come, or drips', async () => {
    const elapsed = async (call: Promise<unknown>) => {
      const startedAt = performance.now()
      await expect(call).rejects.toThrow(TransientError)
      return performance.now() - startedAt
    }
    server.answer(() => undefined)
    expect(await elapsed(ask(100))).toBeLessThan(2_500)
    expect(await elapsed(ask(5_000, server.url, AbortSignal.timeout(50)))).toBeLessThan(2_500)
    server.answer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/xml' })
      const dripping = setInterval(() => response.write(' '), 20)
      response.on('close', () => clearInterval(dripping))
    })
    expect(await elapsed(ask(150))).toBeLessThan(2_500)
  })

  it('keeps the password to itself where the connection is refused or leads to the link', async () => {
    const refused: unknown = await ask(2_000, 'http://127.0.0.1:9').catch((error: unknown) => error)
    expect(refused).toEqual(new TransientError('the example gave no answer (ECONNREFUSED)'))
    expect(JSON.stringify(refused) + inspect(refused)).not.toContain(examplePassword)
    await expect(ask(2_000, 'http://169.254.169.254')).rejects.toThrow('(link-local-host)')
  })

  it('that breaks off is unknown', async () => {
    server.answer((request) => request.socket.destroy())
    await expect(ask()).rejects.toThrow(TransientError)
  })
})
