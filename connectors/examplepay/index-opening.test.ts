import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleConfiguration } from '#connectors/examplepay/example-configuration'
import { exampleAddresses, examplePayment, iudFor } from '#sandboxes/example-payment'
import { examplepay } from '#connectors/examplepay/index'
import { TransientError } from '#core/errors'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

const pendency = {
  code: iudFor(4250),
  state: 'UNPAID',
  notice_number: '301000000012345688',
  iuv: '01000000012345688',
  amount: '42.50',
  transaction_id: null,
  paid_at: null,
}

let answer: object
let status: number
let asked: string[]
let server: Server
beforeAll(async () => {
  server = createServer(({ method, url }, response) => {
    asked.push(`${method} ${url}`)
    response.writeHead(status).end(JSON.stringify(answer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => {
  server.close()
  server.closeAllConnections()
})

const connected = () => {
  asked = []
  const configuration = exampleConfiguration(
    `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  )
  const request = examplepay.composeOpening(examplePayment(), configuration)
  return { request, ...examplepay.connect(configuration) }
}
const opened = (changes: object) => {
  ;[status, answer] = [200, { ...pendency, ...changes }]
  const { openDebtPosition, request } = connected()
  return openDebtPosition(request, exampleAddresses)
}
const found = (given: number, told: object) => {
  ;[status, answer] = [given, told]
  const { findDebtPosition, request } = connected()
  return findDebtPosition(request)
}

describe('the answer to an opening', () => {
  it('is the debt position', async () => {
    const { notice_number: notice_code, iuv } = pendency
    expect(await opened({})).toEqual({ notice_code, iuv })
  })

  it.each([
    ['REFUSED', 'debt-refused'],
    ['CANCELLED', 'debt-cancelled'],
  ])('that says %s is no', async (state, code) => {
    await expect(opened({ state })).rejects.toMatchObject({ name: 'RejectedError', code })
  })

  it.each([
    ['without a number to pay by', { notice_number: null, iuv: null }],
    ['about another amount', { amount: '4250.00' }],
  ])('%s is not believed', async (_what, changes) => {
    await expect(opened(changes)).rejects.toThrow(TransientError)
  })
})

describe('what an earlier try of an opening came to', () => {
  it('is the debt position, asked for by its iud: nothing is opened', async () => {
    const { notice_number: notice_code, iuv } = pendency
    expect(await found(200, pendency)).toEqual({ notice_code, iuv })
    expect(asked).toEqual([`GET /pendencies/${pendency.code}`])
  })

  it('is surely nothing where examplepay itself knows of none', async () => {
    expect(await found(404, { error: 'unknown-pendency' })).toBeUndefined()
  })

  it.each([
    ['404 of somebody in between', 404, { message: 'no route' }],
    ['no answer of its own', 502, {}],
    ['a debt about another amount', 200, { ...pendency, amount: '4250.00' }],
    ['a debt without a number to pay by', 200, { ...pendency, notice_number: null, iuv: null }],
  ])('stays unknown with %s', async (_what, given, told) => {
    await expect(found(given, told)).rejects.toThrow(TransientError)
  })

  it.each([
    ['REFUSED', 'debt-refused'],
    ['CANCELLED', 'debt-cancelled'],
  ])('is no where the debt is %s', async (state, code) => {
    const answered = found(200, { ...pendency, state })
    await expect(answered).rejects.toMatchObject({ name: 'RejectedError', code })
  })
})
