import { afterEach, describe, expect, it } from 'vitest'
import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { askProxies } from '#apps/operations/ask-proxies'
import { judged } from '#apps/operations/configuration-health'
import { intermediaries } from '#connectors/index'
import { jsonTextOf } from '#schemas/values/json-text'

const tenantId = '0b1e9f0a-6d0b-4f0a-9a54-3f4d3e0c1a11'
const serviceId = '0b1e9f0a-6d0b-4f0a-9a54-3f4d3e0c1a12'
const members = {
  name: 'Comune di Bugliano',
  tax_identification_number: '00000000000',
  base_url: 'https://pay.example',
  api_key: 'sealed:1:k:n:c:t',
  notify_secret: 'sealed:1:k:n:c:t',
}
const row = {
  connector: 'examplepay',
  tenant_id: tenantId,
  active: true,
  version: 3,
  updated_at: '2026-01-15T10:00:00+01:00',
}
const tenant = (config: object, more: object = {}) => ({
  ...row,
  id: `examplepay/${tenantId}`,
  config: jsonTextOf(config),
  ...more,
})
const service = (config: object, more: object = {}) => ({
  ...row,
  id: `examplepay/${serviceId}`,
  service_id: serviceId,
  config: jsonTextOf(config),
  ...more,
})
const statesOf = (
  ...given: Parameters<typeof judged> extends [unknown, ...infer Rest] ? Rest : never
) =>
  judged(intermediaries, ...given).map(({ level, state, faults }) => [
    level,
    state,
    faults.map(({ pointer }) => pointer),
  ])

describe('the health of configurations', () => {
  it('is complete where the form is filled in, secrets sealed', () => {
    expect(statesOf([tenant(members)], [service({ due_type: 'CANONE' })])).toEqual([
      ['TENANT', 'complete', []],
      ['SERVICE', 'complete', []],
    ])
  })

  it('is invalid where members are missing or wrong, named without their value', () => {
    const { api_key: _, ...less } = members
    const [state] = judged(intermediaries, [tenant({ ...less, base_url: 'hunter2' })], [])
    expect(state).toMatchObject({ state: 'invalid' })
    expect(state!.faults.map(({ pointer }) => pointer).toSorted()).toEqual([
      '/api_key',
      '/base_url',
    ])
    expect(JSON.stringify(state)).not.toContain('hunter2')
  })

  it('is invalid for a service whose public body is not there, or takes no payments', () => {
    const lost = ['SERVICE', 'invalid', ['/tenant_id']]
    expect(statesOf([], [service({ due_type: 'CANONE' })])).toEqual([lost])
    expect(
      statesOf([tenant(members, { active: false })], [service({ due_type: 'CANONE' })])[1],
    ).toEqual(lost)
  })

  it('is unknown where no connector has such a form', () => {
    expect(statesOf([tenant({}, { connector: 'gone' })], [])).toEqual([['TENANT', 'unknown', []]])
  })
})

let proxy: Server | undefined
afterEach(() => void proxy?.close())

describe('what a payment proxy says', () => {
  const process = { app: 'payment-proxy', version: '1', problems: [], units: [], circuits: [] }
  const states = judged(intermediaries, [tenant(members)], [service({ due_type: 'CANONE' })])

  it('is compared with what the topics say, one by one', async () => {
    proxy = createServer((request, response) => {
      const isService = request.url === `/examplepay/services/${serviceId}`
      response.setHeader('etag', isService ? '"2"' : '"3"')
      response.end(JSON.stringify({ active: true }))
    }).listen(0)
    await once(proxy, 'listening')
    const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
    expect(await askProxies([{ ...process, url }], states)).toEqual([
      { url, asked: 2, differences: [`/examplepay/services/${serviceId}: version 2, not 3`] },
    ])
  })

  it('is that it does not answer where it does not, and other processes are not asked', async () => {
    const url = 'http://127.0.0.1:9'
    const found = await askProxies(
      [
        { ...process, url },
        { ...process, app: 'worker', url },
      ],
      states,
    )
    expect(found).toHaveLength(1)
    expect(found[0]!.differences[0]).toMatch(/not answered within 2 s/)
  })
})
