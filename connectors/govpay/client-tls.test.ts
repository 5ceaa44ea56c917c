import https from 'node:https'
import { afterEach, describe, expect, it } from 'vitest'
import { exampleCertificate } from '#apps/payment-proxy/configuration/example-certificate'
import { govpayClient } from '#connectors/govpay/client'
import { tenantOf } from '#connectors/govpay/config'
import { exampleTenant } from '#connectors/govpay/example-configuration'
import type { AddressInfo } from 'node:net'

const ours = exampleCertificate(30)
const asClient = { client_certificate: ours.cert.replaceAll('\n', ' '), client_key: ours.key }
const servers: https.Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
})

/** GovPay behind TLS: it asks for our certificate, and tells the path and whether it was shown. */
const startServer = async ({ cert, key } = exampleCertificate(30)) => {
  const calls: string[] = []
  const server = https.createServer(
    { cert, key, ca: ours.cert, requestCert: true, rejectUnauthorized: false },
    (request, response) => {
      const isShown = (request.socket as { authorized?: boolean }).authorized === true
      calls.push(`${request.url} ${isShown} ${request.headers.authorization !== undefined}`)
      response.end('{"nome":"corrente","redirect":"https://pay.example/1"}')
    },
  )
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { calls, authority: cert, port: (server.address() as AddressInfo).port }
}

const clientAt = (host: string, port: number, changes: object) =>
  govpayClient(tenantOf({ tenant: exampleTenant(`https://${host}:${port}`, changes), service: {} }))

describe('GovPay behind TLS', () => {
  it('is shown the client certificate, and no password, where that is the way', async () => {
    const { calls, authority, port } = await startServer()
    const way = { authentication: 'ssl', server_authority: authority, ...asClient }
    await clientAt('127.0.0.1', port, way).getProfilo()
    expect(calls).toEqual(['/backend/api/pendenze/rs/ssl/v2/profilo true false'])
  })

  it('may want it for payments alone', async () => {
    const { calls, authority, port } = await startServer()
    const way = { payment_authentication: 'ssl', server_authority: authority, ...asClient }
    const client = clientAt('127.0.0.1', port, way)
    await client.postPagamento('0'.repeat(32))
    await client.getProfilo()
    expect(calls).toEqual([
      '/frontend/api/pagamento/rs/ssl/v2/pagamenti true false',
      '/backend/api/pendenze/rs/basic/v2/profilo true true',
    ])
  })

  it('is shown no certificate of another configuration', async () => {
    const { calls, authority, port } = await startServer()
    await clientAt('127.0.0.1', port, { server_authority: authority, ...asClient }).getProfilo()
    await clientAt('127.0.0.1', port, { server_authority: authority }).getProfilo()
    expect(calls.map((call) => call.split(' ')[1])).toEqual(['true', 'false'])
  })

  it.each([
    ['has run out', '127.0.0.1', -1, /CERT_HAS_EXPIRED/],
    ['is of another host', 'localhost', 30, /ERR_TLS_CERT_ALTNAME_INVALID/],
  ])('is told nothing where its certificate %s', async (_what, host, days, reason) => {
    const { calls, authority, port } = await startServer(exampleCertificate(days))
    const asking = clientAt(host, port, { server_authority: authority }).getProfilo()
    await expect(asking).rejects.toMatchObject({
      name: 'TransientError',
      message: expect.stringMatching(reason) as unknown,
    })
    expect(calls).toEqual([])
  })

  it('is told nothing where nobody we trust vouches for it', async () => {
    const { calls, port } = await startServer()
    await expect(clientAt('127.0.0.1', port, {}).getProfilo()).rejects.toThrow(/gave no answer \(/)
    expect(calls).toEqual([])
  })
})
