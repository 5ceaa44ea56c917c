import express from 'express'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { close, listen, urlOf } from '#sandboxes/loopback-server'
import { soapEndpoint } from '#soap/endpoint'
import { envelopeNamespace } from '#soap/envelope'
import { askExample, exampleAnswer, exampleCheck } from '#soap/example-service'
import { TransientError } from '#core/errors'
import type { Server } from 'node:http'
import type { SoapRequest, Trouble } from '#soap/endpoint'

let server: Server
let trouble: Trouble | undefined
let fault: string | undefined
let asked: SoapRequest | undefined
beforeAll(async () => {
  const play = async (request: SoapRequest) => {
    asked = request
    if (fault !== undefined) return { fault }
    return { body: exampleAnswer('<number>42</number>'), trouble }
  }
  const says = 'of the example: nothing is asked'
  const app = express()
  app.post('/', ...soapEndpoint({ check: exampleCheck, says, play }))
  server = await listen(app)
})
afterAll(() => close(server))

const ask = (timeout_ms?: number) => askExample(urlOf(server), timeout_ms)
const message = `<s:Envelope xmlns:s="${envelopeNamespace}"><s:Body>
  <ask xmlns="urn:example:messages"><password xmlns="">è</password></ask></s:Body></s:Envelope>`
const send = async (text: string | Buffer<ArrayBuffer>, type = 'text/xml; charset=utf-8') => {
  const headers = { 'content-type': type }
  const answer = await fetch(urlOf(server), { method: 'POST', headers, body: text })
  const answered = answer.headers.get('content-type')
  return { status: answer.status, type: answered, text: await answer.text() }
}

describe('the SOAP server of a sandbox', () => {
  it('answers what is as described, and knows where it was reached', async () => {
    trouble = undefined
    expect(await ask()).toEqual({ number: '42' })
    expect(asked).toMatchObject({ body: { name: 'ask' }, origin: urlOf(server) })
  })

  it('answers another client, without any SOAPAction, in UTF-8', async () => {
    expect(await send(message)).toMatchObject({ status: 200, type: 'text/xml; charset=utf-8' })
    expect(asked).toMatchObject({ body: { children: [{ text: 'è' }] } })
  })

  it.each([
    ['a member in a namespace', message.replace(' xmlns=""', '')],
    ['a member nobody described', message.replace('</ask>', '<b/></ask>')],
    ['an operation nobody described', message.replaceAll('ask', 'tell')],
    ['a header nobody described', message.replace('<s:Body>', '<s:Header><b/></s:Header><s:Body>')],
    ['a document type', `<!DOCTYPE a>${message}`],
    ['no XML', 'hello'],
    ['nothing', ''],
    ['another character set', Buffer.from(message, 'latin1')],
  ])('answers %s with a SOAP fault of the client', async (_what, text) => {
    const answer = await send(text)
    expect(answer.status).toBe(500)
    expect(answer.text).toContain('<faultcode>s:Client</faultcode>')
  })

  it('wants its character set declared', async () => {
    expect((await send(message, 'text/xml')).status).toBe(500)
  })

  const troubles: [Trouble, string][] = [
    [{ kind: 'page', status: 200 }, 'answered 200'],
    [{ kind: 'page', status: 429 }, 'answered 429'],
    [{ kind: 'soap-fault' }, 'answered 500'],
    [{ kind: 'soap-fault', status: 200 }, 'answered 200, and the answer is a SOAP fault'],
    [{ kind: 'lost' }, 'gave no answer'],
    [{ kind: 'hang' }, 'gave no answer'],
  ]
  it.each(troubles)('plays %o', async (played, told) => {
    trouble = played
    const call = ask(played.kind === 'hang' ? 300 : undefined)
    await expect(call).rejects.toThrow(TransientError)
    await expect(call).rejects.toThrow(told)
  })

  it('may have a fault of its own to say', async () => {
    fault = 'taken before'
    await expect(ask()).rejects.toThrow('answered 500, and the answer is a SOAP fault')
    const { status, text } = await send(message)
    expect([status, text]).toEqual([500, expect.stringContaining('taken before')])
    fault = undefined
  })

  it('answers in the end what is slow', async () => {
    trouble = { kind: 'slow', ms: 50 }
    expect(await ask()).toEqual({ number: '42' })
  })
})
