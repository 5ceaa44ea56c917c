import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  exampleAddresses,
  exampleConfiguration,
  examplePayment,
  iudFor,
} from '#connectors/examplepay/example-payment'
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
let server: Server
beforeAll(async () => {
  server = createServer((_request, response) => response.end(JSON.stringify(answer)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => {
  server.close()
  server.closeAllConnections()
})

const opened = (changes: object) => {
  answer = { ...pendency, ...changes }
  const configuration = exampleConfiguration(
    `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  )
  const request = examplepay.composeOpening(examplePayment(), configuration)
  return examplepay.connect(configuration).openDebtPosition(request, exampleAddresses)
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
