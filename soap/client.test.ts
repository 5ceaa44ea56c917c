import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readRequest } from '#soap/endpoint'
import { startExampleServer } from '#soap/example-server'
import { askExample, exampleAnswerText, exampleCheck, examplePassword } from '#soap/example-service'
import { textAt } from '#soap/xml'
import type { IncomingHttpHeaders } from 'node:http'
import type { ExampleServer } from '#soap/example-server'

let server: ExampleServer
let headers: IncomingHttpHeaders = {}
beforeAll(async () => {
  server = await startExampleServer()
})
afterAll(() => server.stop())

const answer = (members: string) =>
  server.answer((request, response) => {
    headers = request.headers
    response.writeHead(200, { 'content-type': 'text/xml' }).end(exampleAnswerText(members))
  })

describe('a call', () => {
  it('is as described: names, namespaces, order, and who asks', async () => {
    answer('')
    await askExample(server.url)
    const bytes = Buffer.from(server.bodies.at(-1) ?? '', 'utf8')
    const { body, header } = readRequest(headers['content-type'] ?? '', bytes, exampleCheck)
    expect(textAt(body, 'password')).toBe(examplePassword)
    expect(textAt(body, 'question')).toBe('è & <b>')
    expect(header && textAt(header, 'code')).toBe('è')
  })

  it('says that it is UTF-8, which operation it asks for, and what else it was told to', async () => {
    answer('')
    await askExample(server.url)
    expect(headers).toMatchObject({
      'content-type': 'text/xml; charset=utf-8',
      soapaction: '"ask"',
      authorization: 'Basic ZXhhbXBsZQ==',
    })
  })

  it('says as text whatever it is given, also what looks like CDATA or XML cannot say', async () => {
    answer('')
    for (const question of ['<![CDATA[</question><b/>]]>', '<![CDATA[ ]]>', 'a\u0000b\u000Bc']) {
      await askExample(server.url, 2_000, undefined, question)
      const bytes = Buffer.from(server.bodies.at(-1) ?? '', 'utf8')
      const { body } = readRequest(headers['content-type'] ?? '', bytes, exampleCheck)
      expect(textAt(body, 'question')?.trim()).toBe(question.replace(/[\u0000\u000B]/g, ' '))
    }
  })

  it('gives numbers as the texts they came as, and lists as lists', async () => {
    answer('<word>a</word><word>b</word><number>007</number>')
    expect(await askExample(server.url)).toEqual({ word: ['a', 'b'], number: '007' })
  })
})
