import { Registry } from 'prom-client'
import { describe, expect, it } from 'vitest'
import { examplePorts } from '#apps/payment-proxy/example-ports'
import type { ServedPayment } from '#apps/payment-proxy/find-payment'
import { hostsOf, onwardPage, type Road } from '#apps/payment-proxy/onward-page'
import { newRefusedPages } from '#apps/payment-proxy/refused-pages'
import { examplepay } from '#connectors/examplepay/index'
import { samplePayment } from '#streams/payments/samples'
import { toCurrent } from '#streams/payments/to-current'

const hosts = [
  'servizi.comune.example',
  'pay.example:8443',
  '*.gate.example',
  'xn--bcher-kva.example',
  '10.0.0.1',
  '[2001:db8::1]',
]
const sample = samplePayment()

/** Where a payer is sent whose body lists hosts so, and what was noted meanwhile. */
function sent(url: string, road: Road = 'landing', allowed_hosts: unknown = hosts) {
  const { ports, logged } = examplePorts()
  const registry = new Registry()
  const desk = {
    ...ports,
    connector: examplepay,
    requestId: 'request-1',
    allowedHosts: ['installation.example'],
    refusedPages: newRefusedPages({ registry }),
  }
  const served: ServedPayment = {
    row: { ...toCurrent(sample), id: sample.id },
    configuration: { tenant: { allowed_hosts }, service: {} },
    story: {},
  }
  const noted = async () => JSON.stringify(logged) + (await registry.metrics())
  try {
    return { page: onwardPage(desk, served, road, url), noted }
  } catch (error) {
    return { problem: error as { status: number; members: { code: string } }, noted }
  }
}
const refusalOf = (url: string) => sent(url).problem?.members.code

describe('a page that payers are sent to', () => {
  it.each([
    ['https://servizi.comune.example/it/pratiche/1/detail?a=b#c'],
    ['http://servizi.comune.example:8080/'],
    ['https://pay.example:8443/checkout'],
    ['https://a.b.gate.example/'],
    ['http://10.0.0.1/'],
    ['https://[2001:db8::1]/'],
  ])('is %s, as its body lists its host', (url) => expect(sent(url).page).toBe(url))

  it.each([
    ['HTTPS://SERVIZI.Comune.Example/A', 'https://servizi.comune.example/A'],
    ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
    ['https:///servizi.comune.example', 'https://servizi.comune.example/'],
    ['https://xn--bcher-kva.example', 'https://xn--bcher-kva.example/'],
    ['http://167772161/', 'http://10.0.0.1/'],
    ['http://0x0a.1/', 'http://10.0.0.1/'],
    ['https://[2001:DB8:0::1]/', 'https://[2001:db8::1]/'],
    ['https://servizi.comune.example/a/../b%20c', 'https://servizi.comune.example/b%20c'],
  ])('%s is written in one way, so that no browser reads another host', (url, page) => {
    expect(sent(url).page).toBe(page)
  })

  it.each([
    ['https://evil.example/', 'host-not-allowed'],
    ['https://servizi.comune.example.evil.example/', 'host-not-allowed'],
    ['https://evilservizi.comune.example/', 'host-not-allowed'],
    ['https://servizi.comune.example./', 'host-not-allowed'],
    ['https://gate.example/', 'host-not-allowed'],
    ['https://.gate.example/', 'host-not-allowed'],
    ['https://evilgate.example/', 'host-not-allowed'],
    ['https://pay.example/', 'host-not-allowed'],
    ['https://pay.example:8444/', 'host-not-allowed'],
    ['https://sérvizi.comune.example/', 'host-not-allowed'],
    ['https://xn--srvizi-bva.comune.example/', 'host-not-allowed'],
    ['http://10.0.0.2/', 'host-not-allowed'],
    ['http://167772162/', 'host-not-allowed'],
    ['http://0x7f000001/', 'host-not-allowed'],
    ['https://[2001:db8::2]/', 'host-not-allowed'],
    ['https://[::1]/', 'host-not-allowed'],
    ['https://installation.example/', 'host-not-allowed'],
    ['https://servizi.comune.example@evil.example/', 'url-with-credentials'],
    ['https://user:word@servizi.comune.example/', 'url-with-credentials'],
    ['https://evil.example\\@servizi.comune.example/', 'no-web-url'],
    ['https:servizi.comune.example', 'no-web-url'],
    ['https:///evil.example', 'host-not-allowed'],
    ['//servizi.comune.example/', 'no-web-url'],
    ['/a/path', 'no-web-url'],
    ['javascript:alert(1)//servizi.comune.example', 'no-web-url'],
    ['data:text/html,x', 'no-web-url'],
    ['ftp://servizi.comune.example/', 'no-web-url'],
    ['https://servizi.comune.example/\r\nset-cookie: a=b', 'no-web-url'],
    ['https://servizi.comune.example /', 'no-web-url'],
    [' https://servizi.comune.example/', 'no-web-url'],
    ['', 'no-web-url'],
    ['http://169.254.169.254/latest/meta-data/', 'link-local-host'],
    ['http://2852039166/', 'link-local-host'],
    ['http://[fe80::1]/', 'link-local-host'],
    ['http://[::ffff:169.254.169.254]/', 'link-local-host'],
  ])('is never %j', (url, code) => expect(refusalOf(url)).toBe(code))

  it('is none at an address of the link, though the body lists it', () => {
    const listed = ['169.254.169.254', '[fe80::1]']
    expect(sent('http://169.254.169.254/', 'landing', listed).problem?.members.code).toBe(
      'link-local-host',
    )
    expect(sent('http://[fe80::1]/', 'online', listed).problem?.status).toBe(502)
  })

  it.each([
    { road: 'landing', status: 403 },
    { road: 'online', status: 502 },
  ] as const)(
    'is refused with $status on the road $road, and counted',
    async ({ road, status }) => {
      const { problem, noted } = sent('https://evil.example/RSSMRA80A01H501U?token=word', road)
      expect(problem).toMatchObject({ status, members: { code: 'host-not-allowed' } })
      const told = await noted()
      expect(told).toContain(
        `corrente_refused_pages_total{connector="examplepay",road="${road}",reason="host-not-allowed"} 1`,
      )
      expect(told).toContain(`"payment_id":"${sample.id}"`)
      for (const text of [told, JSON.stringify(problem)]) {
        expect(text).not.toMatch(/evil|RSSMRA|token/)
      }
    },
  )
})

describe('the hosts of a public body', () => {
  const ofInstallation = ['installation.example']

  it.each([{ tenant: {} }, { tenant: { allowed_hosts: [] } }])(
    'are those of the installation where it lists none: $tenant',
    ({ tenant }) => expect(hostsOf(tenant, ofInstallation)).toEqual(ofInstallation),
  )

  it('are its own where it lists any', () => {
    expect(hostsOf({ allowed_hosts: ['a.example'] }, ofInstallation)).toEqual(['a.example'])
  })

  it.each([
    { tenant: null },
    { tenant: { allowed_hosts: 'a.example' } },
    { tenant: { allowed_hosts: [7] } },
  ])('are none where its list cannot be read: $tenant', ({ tenant }) =>
    expect(hostsOf(tenant, ofInstallation)).toEqual([]),
  )

  it('are none where nobody lists any: the road is closed, not open', () => {
    expect(hostsOf({}, [])).toEqual([])
  })
})
