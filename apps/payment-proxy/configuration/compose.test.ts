import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  json,
  pathOf,
  service,
  tenant,
  tenantPath,
  exampleConfigurations,
} from '#apps/payment-proxy/example-configurations'

const proxy = exampleConfigurations()

describe('a bad configuration', () => {
  it.each([
    { pointer: '/colour', wrong: { colour: 'red' } },
    { pointer: '/active', wrong: { active: 'yes' } },
    { pointer: '/id', wrong: { id: randomUUID() } },
    { pointer: '/iban', wrong: { iban: 'IT60X0542811101000000123457' } },
    { pointer: '/amount', wrong: { amount: 0 } },
    { pointer: '/reason', wrong: { reason: 'x'.repeat(256) } },
    { pointer: '/expire_at', wrong: { expire_at: 0 } },
    { pointer: '/collection_data', wrong: { collection_data: '9/x' } },
    { pointer: '/split', wrong: { amount: 3, split: [{ split_id: 'a', split_amount: 2 }] } },
    { pointer: '/due_type', wrong: { due_type: undefined } },
    {
      pointer: '/receiver/tax_identification_number',
      wrong: { receiver: { name: 'x', tax_identification_number: 'PRVLCU85M15X000Z' } },
    },
  ])('is 422 at $pointer, and nothing is written', async ({ pointer, wrong }) => {
    const sent = proxy().keeper.commands.length
    const answer = await proxy().put(pathOf(randomUUID()), { ...service, ...wrong })
    expect(answer.status).toBe(422)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(await json(answer)).toMatchObject({ pointer, errors: [{ pointer }] })
    expect(proxy().keeper.commands).toHaveLength(sent)
  })

  it('is told all that is wrong with it', async () => {
    const answer = await proxy().put(pathOf(randomUUID()), { ...service, amount: 0, colour: 'red' })
    const { errors } = await json(answer)
    expect((errors as { pointer: string }[]).map(({ pointer }) => pointer).sort()).toEqual([
      '/amount',
      '/colour',
    ])
  })

  it('has no secret that pretends to be sealed', async () => {
    await proxy().put(tenantPath, tenant)
    const { config } = proxy().keeper.commands.find(({ level }) => level === 'TENANT')!
    const { api_key } = JSON.parse(config) as { api_key: string }
    const answer = await proxy().put(tenantPath, { ...tenant, api_key })
    expect(await json(answer)).toMatchObject({ status: 422, pointer: '/api_key' })
  })

  it.each([
    { body: '{', type: 'application/json', status: 400 },
    { body: '[]', type: 'application/json', status: 422 },
    { body: 'null', type: 'application/json', status: 422 },
    { body: '{}', type: 'text/plain', status: 415 },
    { body: `{"name":"${'x'.repeat(300_000)}"}`, type: 'application/json', status: 413 },
  ])('is $status as $type', async ({ body, type, status }) => {
    const answer = await proxy().put(pathOf(randomUUID()), body, { 'content-type': type })
    expect(answer.status).toBe(status)
  })

  it('has an id that is a UUID', async () => {
    expect((await proxy().put('/examplepay/services/x', service)).status).toBe(400)
  })
})
