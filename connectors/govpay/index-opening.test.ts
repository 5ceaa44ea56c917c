import { createServer } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { exampleConfiguration } from '#connectors/govpay/example-configuration'
import { exampleAddresses, examplePayment, iudFor } from '#sandboxes/example-payment'
import { govpay } from '#connectors/govpay/index'
import { TransientError } from '#core/errors'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

const iud = iudFor(4250)
const created = { idDominio: '01234567890', numeroAvviso: '301000000012345688' }
const pendenza = {
  idPendenza: iud,
  dominio: { idDominio: '01234567890' },
  stato: 'NON_ESEGUITA',
  importo: 42.5,
  numeroAvviso: '301000000012345688',
  iuvAvviso: '01000000012345688',
}
const position = { notice_code: pendenza.numeroAvviso, iuv: pendenza.iuvAvviso }
const bean = (codice: string) => ({ categoria: 'OPERAZIONE', codice, descrizione: '' })

type Answer = readonly [status: number, body: object]
let answers: Record<string, Answer>
let asked: string[]
let server: Server
beforeAll(async () => {
  server = createServer(({ method = '' }, response) => {
    asked.push(method)
    const [status, body] = answers[method] ?? [500, {}]
    response.writeHead(status).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
beforeEach(() => {
  asked = []
})
afterAll(() => {
  server.close()
  server.closeAllConnections()
})

const connected = () => {
  const { port } = server.address() as AddressInfo
  const configuration = exampleConfiguration(`http://127.0.0.1:${port}`)
  const request = govpay.composeOpening(examplePayment(), configuration)
  return { request, ...govpay.connect(configuration) }
}
const opened = (put: Answer, get: Answer = [500, {}]) => {
  answers = { PUT: put, GET: get }
  const { openDebtPosition, request } = connected()
  return openDebtPosition(request, exampleAddresses)
}
const found = (...get: Answer) => {
  answers = { GET: get }
  const { findDebtPosition, request } = connected()
  return findDebtPosition(request)
}

describe('the answer to an opening', () => {
  it.each([200, 201])('is the debt position with %s, and nothing else is asked', async (status) => {
    expect(await opened([status, created])).toEqual(position)
    expect(asked).toEqual(['PUT'])
  })

  it.each([
    ['without a number to pay by', { idDominio: '01234567890' }],
    ['about another body', { ...created, idDominio: '99999999990' }],
  ])('%s is not believed', async (_what, answer) => {
    await expect(opened([201, answer])).rejects.toThrow(TransientError)
  })

  it.each(['VER_003', 'VER_005', 'VER_024', 'PAG_014'])(
    'that refuses (%s) what an earlier try opened is the debt position',
    async (code) => {
      expect(await opened([422, bean(code)], [200, pendenza])).toEqual(position)
      expect(asked).toEqual(['PUT', 'GET'])
    },
  )

  it('is no where GovPay refuses, and surely has no such debt', async () => {
    const refused = opened([422, bean('VER_002')], [404, bean('404000')])
    await expect(refused).rejects.toMatchObject({ name: 'RejectedError', code: 'govpay-422' })
  })

  it('is no where the debt was cancelled', async () => {
    const refused = opened([422, bean('VER_003')], [200, { ...pendenza, stato: 'ANNULLATA' }])
    await expect(refused).rejects.toMatchObject({ code: 'debt-cancelled' })
  })

  it.each([
    ['nobody can say whether there is a debt', [502, {}]],
    ['another debt is under the key', [200, { ...pendenza, importo: 4250 }]],
    ['a page says that there is none', [404, { message: 'no route' }]],
  ] as const)('stays unknown where GovPay refuses, but %s', async (_what, get) => {
    await expect(opened([422, bean('VER_003')], get)).rejects.toThrow(TransientError)
  })
})

describe('what an earlier try of an opening came to', () => {
  it('is the debt position, asked for by its iud: nothing is opened', async () => {
    expect(await found(200, pendenza)).toEqual(position)
    expect(asked).toEqual(['GET'])
  })

  it('is surely nothing where GovPay itself knows of none', async () => {
    expect(await found(404, bean('404000'))).toBeUndefined()
  })

  it.each([
    ['404 of somebody in between', 404, { message: 'no route' }],
    ['no answer of its own', 502, {}],
    ['credentials that are not taken', 401, bean('401000')],
    ['a debt about another amount', 200, { ...pendenza, importo: 4250 }],
    ['a debt of another body', 200, { ...pendenza, dominio: { idDominio: '99999999990' } }],
  ])('stays unknown with %s', async (_what, status, told) => {
    await expect(found(status, told)).rejects.toThrow(TransientError)
  })

  it('is no where the debt is ANNULLATA', async () => {
    const answered = found(200, { ...pendenza, stato: 'ANNULLATA' })
    await expect(answered).rejects.toMatchObject({ code: 'debt-cancelled' })
  })
})
