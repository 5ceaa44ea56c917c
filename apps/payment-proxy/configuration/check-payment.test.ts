import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exampleBearer } from '#apps/payment-proxy/example-access'
import {
  type ExampleProxy,
  exampleSecrets,
  startExampleProxy,
} from '#apps/payment-proxy/example-proxy'
import { examplepay } from '#connectors/examplepay/index'
import { RejectedError } from '#core/errors'
import type { IntermediaryConnector } from '#ports/intermediary'
import { samplePayment } from '#streams/payments/samples'

const { tenant_id, service_id } = samplePayment()

let proxy: ExampleProxy
let authorization: string
const start = async (connector?: IntermediaryConnector) => {
  proxy = await startExampleProxy(connector)
  await put(`tenants/${tenant_id}`, tenant())
  await put(`services/${service_id}`, { tenant_id, due_type: 'CANONE' })
}
beforeEach(async () => {
  authorization = await exampleBearer(tenant_id)
})
afterEach(() => proxy.stop())

const send = (method: string, path: string, body: object, headers = {}) =>
  proxy.call(`/examplepay/${path}`, {
    method,
    headers: { authorization, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
const put = async (path: string, body: object) => {
  const answer = await send('PUT', path, body)
  expect(answer.status, await answer.clone().text()).toBe(200)
}
const tenant = () => ({
  name: 'Comune di Bugliano',
  tax_identification_number: '00000000000',
  base_url: proxy.sandbox.url,
  ...exampleSecrets,
})
const check = async () => {
  const answer = await send('POST', 'check-payment', { tenant_id, service_id })
  expect(answer.status).toBe(200)
  const text = await answer.text()
  for (const secret of Object.values(exampleSecrets)) expect(text).not.toContain(secret)
  return JSON.parse(text) as {
    ok: boolean
    steps: { step: string; state: string; detail: string }[]
  }
}
const statesOf = ({ steps }: Awaited<ReturnType<typeof check>>) =>
  steps.map(({ step, state }) => `${step} ${state}`)
const stepOf = ({ steps }: Awaited<ReturnType<typeof check>>, name: string) =>
  steps.find(({ step }) => step === name)

describe('POST /check-payment', () => {
  it('is well where payments would be taken, and keeps nothing', async () => {
    await start()
    const sent = proxy.keeper.commands.length
    const told = await check()
    expect(told.ok).toBe(true)
    expect(statesOf(told)).toEqual([
      'configured ok',
      'schema ok',
      'split skipped',
      'hosts ok',
      'dns ok',
      'tls skipped',
      'credentials ok',
      'open-and-cancel skipped',
    ])
    expect(stepOf(told, 'open-and-cancel')?.detail).toContain('examplepay cannot cancel a debt')
    expect(proxy.sandbox.counters().debt_positions).toBe(0)
    expect(proxy.facts).toEqual([])
    expect(proxy.keeper.commands).toHaveLength(sent)
  })

  it('tells that the key is wrong', async () => {
    await start()
    await put(`tenants/${tenant_id}`, { ...tenant(), api_key: 'another-key' })
    const told = await check()
    expect(told.ok).toBe(false)
    expect(stepOf(told, 'credentials')).toMatchObject({
      state: 'failed',
      detail: 'examplepay answered 401',
    })
    expect(stepOf(told, 'open-and-cancel')?.state).toBe('skipped')
  })

  it.each([
    { base_url: 'http://nowhere.invalid', step: 'dns', says: /has no address/ },
    { base_url: 'http://169.254.169.254', step: 'dns', says: /link-local/ },
    { base_url: 'http://[::ffff:a9fe:a9fe]', step: 'dns', says: /link-local/ },
    { base_url: 'http://user:word@127.0.0.1', step: 'dns', says: /credentials in it/ },
    { base_url: 'https://127.0.0.1:9', step: 'tls', says: /ECONNREFUSED/ },
    { base_url: 'http://127.0.0.1:9', step: 'credentials', says: /gave no answer/ },
  ])('tells that $base_url is no good, by $step', async ({ base_url, step, says }) => {
    await start()
    await put(`tenants/${tenant_id}`, { ...tenant(), base_url })
    const told = await check()
    expect(stepOf(told, step)).toMatchObject({ state: 'failed' })
    expect(stepOf(told, step)?.detail).toMatch(says)
  })

  it('tells where payers may be sent: what the body lists, else what the installation does', async () => {
    await start()
    expect(stepOf(await check(), 'hosts')?.detail).toBe(
      'payers may be sent to 127.0.0.1, installation.example',
    )
    await put(`tenants/${tenant_id}`, { ...tenant(), allowed_hosts: ['pay.example'] })
    expect(stepOf(await check(), 'hosts')).toMatchObject({
      state: 'ok',
      detail: expect.stringMatching(/^payers may be sent to pay\.example; 127\.0\.0\.1/) as string,
    })
  })

  it('tells what the form no longer allows, and asks nobody', async () => {
    await start()
    const row = proxy.services.get(`examplepay/${service_id}`)!
    const config = { ...JSON.parse(String(row['config'])), due_type: '', amount: 3 } as object
    const split = [{ split_id: 'a', split_amount: 2 }]
    proxy.services.set(`examplepay/${service_id}`, {
      ...row,
      config: JSON.stringify({ ...config, split }),
    })
    const told = await check()
    expect(statesOf(told).slice(0, 4)).toEqual([
      'configured ok',
      'schema failed',
      'split skipped',
      'hosts skipped',
    ])
    proxy.services.set(`examplepay/${service_id}`, {
      ...row,
      config: JSON.stringify({ ...config, due_type: 'CANONE', split }),
    })
    expect(stepOf(await check(), 'split')).toMatchObject({ state: 'failed' })
  })

  it('tells that the configuration was deleted', async () => {
    await start()
    await put(`services/${service_id}`, { tenant_id, due_type: 'CANONE', active: false })
    const told = await check()
    expect(stepOf(told, 'configured')?.detail).toContain('was deleted')
    expect(told.steps.slice(1).every(({ state }) => state === 'skipped')).toBe(true)
  })

  it('opens a debt and cancels it where the connector can', async () => {
    const refused = () => Promise.reject(new RejectedError('x', 'the debt was refused'))
    const openAndCancel = { current: () => Promise.resolve() }
    await start({
      ...examplepay,
      probe: (configuration) => ({
        ...examplepay.probe!(configuration),
        openAndCancel: () => openAndCancel.current(),
      }),
    })
    expect(stepOf(await check(), 'open-and-cancel')).toMatchObject({ state: 'ok' })
    openAndCancel.current = refused
    expect(stepOf(await check(), 'open-and-cancel')).toMatchObject({
      state: 'failed',
      detail: 'the debt was refused',
    })
  })

  it('is skipped at a connector that cannot be tried out', async () => {
    const { probe: _, ...connector } = examplepay
    await start(connector)
    expect(stepOf(await check(), 'credentials')).toMatchObject({ state: 'skipped' })
  })

  it('is for whoever may change the configuration', async () => {
    await start()
    const body = { tenant_id, service_id }
    const stranger = await exampleBearer(service_id)
    const nobody = await send('POST', 'check-payment', body, { authorization: '' })
    const other = await send('POST', 'check-payment', body, { authorization: stranger })
    const strange = await send('POST', 'check-payment', { tenant_id, service_id: 7 })
    expect([nobody.status, other.status, strange.status]).toEqual([401, 403, 422])
    expect(await strange.json()).toMatchObject({ pointer: '/service_id' })
  })
})
