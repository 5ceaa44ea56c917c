import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:tls'
import { afterEach, describe, expect, it } from 'vitest'
import { dnsStep, hostsStep, tlsStep } from '#apps/payment-proxy/configuration/check-steps'
import {
  exampleCertificate,
  type ExampleCertificate,
} from '#apps/payment-proxy/configuration/example-certificate'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** The address of a server that shows the certificate. */
async function serving(certificate: ExampleCertificate): Promise<URL> {
  const server = createServer({ ...certificate }, (socket) => socket.on('error', () => undefined))
  server.on('tlsClientError', () => undefined)
  closing.push(() => server.close())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return new URL(`https://127.0.0.1:${(server.address() as AddressInfo).port}`)
}

describe('the step tls', () => {
  it.each([
    { days: 3_000, detail: 'the certificate is good for 3000 days' },
    { days: 30, detail: 'the certificate is good for 30 days' },
    { days: 29, detail: 'the certificate is good for 29 days only: have it renewed' },
    { days: 0, detail: 'the certificate is good for 0 days only: have it renewed' },
  ])('tells that a trusted certificate is good for $days days', async ({ days, detail }) => {
    const certificate = exampleCertificate(days)
    const url = await serving(certificate)
    expect(await tlsStep(url, certificate.cert)).toEqual({ step: 'tls', state: 'ok', detail })
  })

  it('fails where the certificate is over', async () => {
    const certificate = exampleCertificate(-2)
    const told = await tlsStep(await serving(certificate), certificate.cert)
    expect(told.state).toBe('failed')
    expect(told.detail).toContain('CERT_HAS_EXPIRED')
  })

  it('fails where nobody who is trusted has signed it', async () => {
    const told = await tlsStep(await serving(exampleCertificate(90)))
    expect(told.state).toBe('failed')
    expect(told.detail).toMatch(/SELF_SIGNED/)
  })

  it('fails where the certificate is of another host', async () => {
    const certificate = exampleCertificate(90)
    const url = await serving(certificate)
    url.hostname = 'localhost'
    const told = await tlsStep(url, certificate.cert)
    expect(told.detail).toContain('ERR_TLS_CERT_ALTNAME_INVALID')
  })

  it('is skipped where nothing is encrypted', async () => {
    expect((await tlsStep(new URL('http://127.0.0.1:9'))).state).toBe('skipped')
  })
})

describe('the step dns', () => {
  it.each([
    'http://169.254.169.254',
    'http://2852039166',
    'http://[fe80::1]',
    'http://[::ffff:169.254.169.254]',
    'http://[64:ff9b::a9fe:a9fe]',
    'http://[fd00:ec2::254]',
  ])('fails at %s: no intermediary is beside this machine', async (url) => {
    const told = await dnsStep(new URL(url))
    expect(told.state).toBe('failed')
    expect(told.detail).toContain('link-local')
  })

  it('fails where the address carries a password, which it would show to whoever reads it', async () => {
    const told = await dnsStep(new URL('https://user:word@127.0.0.1'))
    expect(told).toMatchObject({ state: 'failed', detail: 'the address has credentials in it' })
  })

  it('is well at an address', async () => {
    expect((await dnsStep(new URL('http://127.0.0.1:9'))).state).toBe('ok')
  })
})

describe('the step hosts', () => {
  const url = new URL('https://api.pay.example/v1')

  it('fails where payers may be sent nowhere', () => {
    expect(hostsStep(url, [])).toMatchObject({ step: 'hosts', state: 'failed' })
  })

  it('tells where they may be sent', () => {
    const told = hostsStep(url, ['*.pay.example', 'servizi.comune.example'])
    expect(told).toEqual({
      step: 'hosts',
      state: 'ok',
      detail: 'payers may be sent to *.pay.example, servizi.comune.example',
    })
  })

  it('tells that the intermediary is at none of them: its pages may be elsewhere', () => {
    const told = hostsStep(url, ['servizi.comune.example'])
    expect(told.state).toBe('ok')
    expect(told.detail).toContain('api.pay.example is not among them')
  })
})
