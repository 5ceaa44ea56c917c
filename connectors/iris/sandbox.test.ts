import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startExampleServer } from '#soap/example-server'
import { exampleBody, exampleConfiguration } from '#connectors/iris/example-configuration'
import { basicOf } from '#connectors/iris/example-message'
import { iris } from '#connectors/iris/index'
import { magicCents, sceneOf } from '#connectors/iris/sandbox-magic'
import { startIrisSandbox, type IrisSandbox } from '#connectors/iris/sandbox'
import { exampleAddresses, examplePayment, iudFor } from '#sandboxes/example-payment'

let sandbox: IrisSandbox
let told = ''
beforeAll(async () => {
  sandbox = await startIrisSandbox(exampleBody)
  // What the connector sends, to be sent by another client, and spoilt.
  const server = await startExampleServer()
  const configuration = exampleConfiguration({ ...sandbox, positionsUrl: server.url })
  const request = iris.composeOpening(examplePayment(), configuration)
  await iris
    .connect(configuration)
    .openDebtPosition(request, exampleAddresses)
    .catch(() => undefined)
  told = server.bodies[0] ?? ''
  await server.stop()
})
afterAll(() => sandbox.stop())

const authorization = basicOf(exampleBody.username, exampleBody.password)
const send = async (body: string | Buffer, headers: Record<string, string> = {}) => {
  const url = sandbox.positionsUrl
  const all = { 'content-type': 'text/xml; charset=utf-8', authorization, ...headers }
  const bytes = typeof body === 'string' ? body : new Uint8Array(body)
  const answer = await fetch(url, { method: 'POST', headers: all, body: bytes })
  return { status: answer.status, text: await answer.text() }
}
const as = (msgId: string, text = told) => text.replace(/(<h:E2EMsgId>)[^<]+/, `$1${msgId}`)

describe('the sandbox of iris', () => {
  it('takes a message once: its id again is refused, whatever it says', async () => {
    expect(await send(told)).toMatchObject({ status: 200 })
    const again = await send(told)
    expect(again).toMatchObject({
      status: 500,
      text: expect.stringContaining('Messaggio duplicato') as unknown,
    })
    expect(await send(as('another'))).toMatchObject({ status: 200 })
    expect(sandbox.counters(iudFor(4250))).toMatchObject({
      debt_positions: 1,
      creation_requests: 2,
    })
  })

  it.each<[string, (text: string) => string | Buffer]>([
    ['an attribute is missing', (text) => text.replace(' TipoOperazione="Insert"', '')],
    ['a word is none of its own', (text) => text.replace('"Insert"', '"Create"')],
    ['an id has a hyphen', (text) => text.replace(iudFor(4250), '5f0c7a52-2a0d')],
    ['a sum has a comma', (text) => text.replace(/42\.50/g, '42,50')],
    ['a member is in no namespace', (text) => text.replace(/ap:Divisa/g, 'Divisa')],
    [
      'members are in another order',
      (text) =>
        text.replace(
          /(<ap:Stato>.*?<\/ap:Stato>)(<ap:ImportoTotale>.*?<\/ap:ImportoTotale>)/,
          '$2$1',
        ),
    ],
    ['it is cut short', (text) => text.slice(0, -30)],
    ['it has a document type', (text) => text.replace('?>', '?><!DOCTYPE a>')],
    [
      'it is in another character set',
      (text) => Buffer.from(text.replace('Canone', 'Cànone'), 'latin1'),
    ],
  ])('is as strict as its description: refuses where %s', async (_what, spoil) => {
    const spoilt = spoil(as('spoilt'))
    expect(spoilt).not.toBe(as('spoilt'))
    const { status, text } = await send(spoilt)
    expect(status).toBe(500)
    expect(text).toContain('<faultcode>s:Client</faultcode>')
  })

  it('answers nobody whom it does not know', async () => {
    expect(await send(as('b'), { authorization: basicOf() })).toMatchObject({ status: 401 })
  })

  it('pays what is there, and nothing else', async () => {
    const pay = (iud: string) => fetch(`${sandbox.url}/pay-now/${iud}`, { method: 'POST' })
    expect((await pay(iudFor(4250))).status).toBe(200)
    expect((await pay('0'.repeat(32))).status).toBe(404)
    const { settlements } = (await (await fetch(`${sandbox.url}/counters`)).json()) as {
      settlements: number
    }
    expect(settlements).toBe(1)
  })

  it('says what its cents play, at home and in the README', async () => {
    const home = await (await fetch(sandbox.url)).text()
    const readme = readFileSync(new URL('./README.md', import.meta.url), 'utf8')
    for (const [cents, scene] of Object.entries(magicCents)) {
      expect(home).toContain(`.${cents}`)
      expect(readme.replace(/\s+/g, ' ')).toContain(`\`.${cents}\` | ${scene}`)
    }
  })

  it('plays nothing for other cents', () => {
    expect(sceneOf('42.50', 1)).toBeUndefined()
    expect(sceneOf('42.05', 3)).toBeUndefined()
  })
})
