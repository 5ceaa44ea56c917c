import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleAccess } from '#connectors/govpay/example-configuration'
import { startExampleParty } from '#connectors/govpay/example-party'
import { iudFor } from '#sandboxes/example-payment'
import { TransientError } from '#core/errors'
import type { ExampleParty } from '#connectors/govpay/example-party'

const iud = iudFor(4250)
let party: ExampleParty
beforeAll(async () => {
  party = await startExampleParty()
})
afterAll(() => party.stop())

describe('the client waits no longer than told', () => {
  const elapsed = async (call: Promise<unknown>) => {
    const startedAt = performance.now()
    await expect(call).rejects.toThrow(TransientError)
    return performance.now() - startedAt
  }

  it('for an answer that does not come', async () => {
    party.answeringBy(() => undefined)
    expect(await elapsed(party.client(100).getPendenza(iud))).toBeLessThan(2_500)
  })

  it('for an answer that drips', async () => {
    party.answeringBy((request, response) => {
      const dripping = setInterval(() => response.write(' '), 20)
      request.on('close', () => clearInterval(dripping))
      response.on('close', () => clearInterval(dripping))
    })
    expect(await elapsed(party.client(150).getPendenza(iud))).toBeLessThan(2_500)
  })

  it('once its caller gives up', async () => {
    party.answeringBy(() => undefined)
    const giving = party.client(3_000).getPendenza(iud, AbortSignal.timeout(50))
    expect(await elapsed(giving)).toBeLessThan(2_500)
  })

  it('where the connection is refused, breaks or leads to the link, and keeps its secrets', async () => {
    const refused: unknown = await party
      .clientOf('http://127.0.0.1:9')
      .getPendenza(iud)
      .catch((error: unknown) => error)
    expect(refused).toEqual(new TransientError('GovPay gave no answer (ECONNREFUSED)'))
    const told = JSON.stringify(refused) + inspect(refused)
    expect(told).not.toContain(exampleAccess.password)
    party.answeringBy((request) => request.socket.destroy())
    await expect(party.client().getPendenza(iud)).rejects.toThrow(TransientError)
    const beside = party.clientOf('http://169.254.169.254').getPendenza(iud)
    await expect(beside).rejects.toThrow('gave no answer (link-local-host)')
  })
})
