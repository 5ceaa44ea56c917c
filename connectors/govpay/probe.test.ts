import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleTenant } from '#connectors/govpay/example-configuration'
import { startExampleRun } from '#connectors/govpay/example-run'
import { govpay } from '#connectors/govpay/index'
import type { ExampleRun } from '#connectors/govpay/example-run'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

let run: ExampleRun
let server: Server
let profile: object
beforeAll(async () => {
  run = await startExampleRun()
  server = createServer(({ method }, response) => {
    response.writeHead(method === 'PATCH' ? 400 : 200)
    const refusal = { categoria: 'RICHIESTA', codice: 'SINTASSI', descrizione: '' }
    const created = { idDominio: '01234567890', numeroAvviso: '301000000012345688' }
    const answers: Record<string, object> = { PATCH: refusal, PUT: created }
    response.end(JSON.stringify(answers[method ?? ''] ?? profile))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  server.close()
  server.closeAllConnections()
  await run.stop()
})

const signal = AbortSignal.timeout(15_000)
const service = { due_type: 'CANONE', revenue_code: 'CANONE' }
const probeAt = (base_url: string, { changes = {}, services = {} } = {}) => {
  const tenant = exampleTenant(base_url, changes)
  return govpay.probe!({ tenant, service: { ...service, ...services } })
}
const told = (domini: string[], tipi: string[]) => {
  profile = {
    nome: 'corrente',
    domini: domini.map((idDominio) => ({ idDominio })),
    tipiPendenza: tipi.map((idTipoPendenza) => ({ idTipoPendenza })),
  }
  return probeAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
}

describe('the credentials', () => {
  it('are taken', async () => {
    const probe = probeAt(run.sandbox().url)
    expect(probe.url).toBe(run.sandbox().url)
    await probe.tryCredentials(signal)
  })

  it('are not taken, and the password is in no sentence', async () => {
    const probe = probeAt(run.sandbox().url, { changes: { password: 'another-password' } })
    await expect(probe.tryCredentials(signal)).rejects.toThrow(
      /^GovPay does not take the credentials \(401\): 401000$/,
    )
  })

  it.each([
    ['another body', ['99999999990'], [], /^tenant\.domain_id: /],
    ['other types of due', [], ['TARI'], /^service\.due_type: /],
  ])('are those for %s', async (_what, domini, tipi, message) => {
    const asking = told(domini, tipi).tryCredentials(signal)
    await expect(asking).rejects.toThrow(message)
    await expect(asking).rejects.toMatchObject({ code: 'bad-configuration' })
  })

  it('may be good for more than is needed', async () => {
    await told(['99999999990', '01234567890'], ['TARI', 'CANONE']).tryCredentials(signal)
    await told([], []).tryCredentials(signal)
  })
})

describe('a debt is opened and cancelled', () => {
  it.each([
    ['by its revenue code', {}],
    ['of stamps', { payment_type: 'STAMP' }],
    [
      'by its account',
      {
        revenue_code: undefined,
        iban: 'IT60X0542811101000000123456',
        collection_data: '9/0101100IM/',
      },
    ],
  ])('%s', async (_how, services) => {
    const before = run.sandbox().counters().debt_positions
    await probeAt(run.sandbox().url, { services }).openAndCancel?.(signal)
    expect(run.sandbox().counters().debt_positions).toBe(before + 1)
    const last = readFileSync(run.dataFile, 'utf8').trimEnd().split('\n').at(-1) ?? ''
    expect(JSON.parse(last)).toMatchObject({ debt: { isCancelled: true } })
  })

  it('and where it is not cancelled, somebody learns which', async () => {
    await expect(told([], []).openAndCancel?.(signal)).rejects.toThrow(
      /^the debt [0-9a-f]{32} was opened, but not cancelled: GovPay refused \(400\): SINTASSI$/,
    )
  })

  it('not where a member is missing', async () => {
    const services = { revenue_code: undefined }
    const probe = probeAt(run.sandbox().url, { services })
    await expect(probe.openAndCancel?.(signal)).rejects.toThrow(/^service\.revenue_code: /)
  })
})
